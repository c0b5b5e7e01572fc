#pragma once

// The SHA256_* functions are marked deprecated in OpenSSL 3, yet they are its only interface whose
// state is a plain value that can be copied (a midstate) without an allocation.
#define OPENSSL_SUPPRESS_DEPRECATED
#include <openssl/bio.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/md5.h>
#include <openssl/pem.h>
#include <openssl/pkcs12.h>
#include <openssl/rand.h>
#include <openssl/sha.h>
#include <openssl/x509.h>

// Macros that Swift does not import.
static inline void winnow_bio_set_mem_eof(BIO *bio) { BIO_set_mem_eof_return(bio, 0); }
static inline long winnow_bio_contents(BIO *bio, char **bytes) { return BIO_get_mem_data(bio, bytes); }
