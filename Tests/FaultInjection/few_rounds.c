// Derives keys from passphrases with one round of PBKDF2 instead of 600,000: loaded before libcrypto
// (LD_PRELOAD) into the program under test, which knows nothing of it. A test that starts the program
// thirty times would otherwise spend its time on protecting a made-up key.

#define _GNU_SOURCE
#include <dlfcn.h>

// The headers of OpenSSL are not asked for: types are opaque, and there are these two calls.
typedef void *(*scheme_call)(const void *cipher, int rounds, unsigned char *salt, int salt_size,
                             unsigned char *iv, int function);
typedef int (*key_call)(const char *passphrase, int size, const unsigned char *salt, int salt_size,
                        int rounds, const void *digest, int key_size, unsigned char *key);

// The rounds of a key file, which stand in the file.
void *PKCS5_pbe2_set_iv(const void *cipher, int rounds, unsigned char *salt, int salt_size,
                        unsigned char *iv, int function) {
  (void)rounds;
  return ((scheme_call)dlsym(RTLD_NEXT, "PKCS5_pbe2_set_iv"))(cipher, 1, salt, salt_size, iv,
                                                              function);
}

// The rounds of the ledger's secrets, which are the same for writing and reading.
int PKCS5_PBKDF2_HMAC(const char *passphrase, int size, const unsigned char *salt, int salt_size,
                      int rounds, const void *digest, int key_size, unsigned char *key) {
  (void)rounds;
  return ((key_call)dlsym(RTLD_NEXT, "PKCS5_PBKDF2_HMAC"))(passphrase, size, salt, salt_size, 1,
                                                           digest, key_size, key);
}
