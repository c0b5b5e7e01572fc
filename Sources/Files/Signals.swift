internal import Foundation

/// Signals that ask the program to stop.
package enum Signals {
  /// Calls `handler` for each of `numbers` from now on, however the program was started.
  ///
  /// A signal that its starter ignores stays ignored, as `nohup` and a shell's background jobs ask
  /// for it. One that was only blocked, which a program inherits from a thread that starts it, is
  /// let through: else nobody could stop the work.
  package static func listen(
    to numbers: [Int32], handler: @escaping @convention(c) (Int32) -> Void
  ) {
    var awaited = sigset_t()
    unsafe sigemptyset(&awaited)
    for number in numbers {
      let before = signal(number, handler)
      if unsafe unsafeBitCast(before, to: Int.self) == unsafeBitCast(SIG_IGN, to: Int.self) {
        signal(number, SIG_IGN)
      } else {
        unsafe sigaddset(&awaited, number)
      }
    }
    unsafe pthread_sigmask(SIG_UNBLOCK, &awaited, nil)
  }
}
