extension Crew {
  /// Reads items one after another, works on several at once, and takes what comes of them one after
  /// another, in the items' order.
  ///
  /// `next` and `take` run on the caller's thread. A failure ends it where doing one item at a time
  /// would: what came before has been taken, nothing after it is, whichever job failed first.
  ///
  /// - Parameters:
  ///   - ahead: how many items are read and not yet taken, at most; by default two for each thread, so
  ///     that none idles while the caller does a job or takes a result.
  ///   - next: gives the next item, `nil` at the end; not called again after that or a failure.
  ///   - work: does what can be done of an item on any core.
  ///   - take: takes what `work` gave.
  /// - Throws: the failure of the earliest item, be it of `next`, `work` or `take`.
  package func inOrder<Item: Sendable, Product: Sendable, Failure: Error>(
    ahead: Int? = nil,
    next: () throws(Failure) -> Item?,
    work: @escaping @Sendable (Item) throws(Failure) -> Product,
    take: (Product) throws(Failure) -> Void
  ) throws(Failure) {
    let ahead = max(1, ahead ?? (width == 1 ? 1 : 2 * width))
    var line: [Pending<Result<Product, Failure>>] = []
    var end: Result<Void, Failure>?
    while true {
      while end == nil, line.count < ahead {
        do throws(Failure) {
          if let item = try next() {
            line.append(post { Result { () throws(Failure) in try work(item) } })
          } else {
            end = .success(())
          }
        } catch {
          // Told when all before it have been taken: one of them may fail, too.
          end = .failure(error)
        }
      }
      if line.isEmpty { return try end?.get() ?? () }
      try take(line.removeFirst().take().get())
    }
  }
}
