// How many connections an account has to its sending server at once. Servers refuse more (Microsoft 365 takes three), so
// whoever comes later waits here rather than there. Kept by create-smtp, used by send-mail.

export interface ConnectionSlots {
  /** Runs the work as soon as fewer than the most are at work under this key. */
  run<T>(key: string, work: () => Promise<T>): Promise<T>;
}

export const MOST_CONNECTIONS = 3;

export function createConnectionSlots(most: number = MOST_CONNECTIONS): ConnectionSlots {
  const queues = new Map<string, { busy: number; readonly waiting: (() => void)[] }>();
  return {
    run: async (key, work) => {
      const queue = queues.get(key) ?? { busy: 0, waiting: [] };
      queues.set(key, queue);
      if (queue.busy >= most) await new Promise<void>((resolve) => queue.waiting.push(resolve));
      else queue.busy++;
      try {
        return await work();
      } finally {
        const next = queue.waiting.shift();
        // The place is handed on without being free in between.
        if (next) next();
        else if (--queue.busy === 0) queues.delete(key);
      }
    },
  };
}
