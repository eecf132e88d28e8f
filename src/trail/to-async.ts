/** What an asynchronous generator does, in two thirds of its time. */
export const toAsync = <T>(items: Iterable<T>): AsyncIterable<T> => ({
  [Symbol.asyncIterator]: () => {
    const iterator = items[Symbol.iterator]();
    return {
      next: () => Promise.resolve(iterator.next()),
      // A loop that ends early lets go of the file that the rows are read from.
      return: () => Promise.resolve(iterator.return?.() ?? { done: true, value: undefined }),
    };
  },
});
