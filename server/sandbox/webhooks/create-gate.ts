// Keeps deliveries back while a test wants Follow Up Boss to be silent. Used by the dispatcher.

export interface Gate {
  close(): void;
  open(): void;
  /** Resolves at once while it is open, otherwise when it is opened. */
  passed(): Promise<void>;
}

export function createGate(): Gate {
  let barrier: PromiseWithResolvers<void> | undefined;
  return {
    close: () => {
      barrier ??= Promise.withResolvers<void>();
    },
    open: () => {
      barrier?.resolve();
      barrier = undefined;
    },
    passed: async () => {
      // It may have been closed again by the time those who waited go on.
      while (barrier) await barrier.promise;
    },
  };
}
