/** Like an asynchronous generator, in two thirds of its time. */
export const toAsync = <T>(items: Iterable<T>): AsyncIterable<T> => ({
  [Symbol.asyncIterator]: () => {
    const iterator = items[Symbol.iterator]();
    return {
      next: () => Promise.resolve(iterator.next()),
      // A loop that ends early must close the file of the rows.
      return: () => Promise.resolve(iterator.return?.() ?? { done: true, value: undefined }),
    };
  },
});
