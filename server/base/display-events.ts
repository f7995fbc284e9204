// Facts for the eyes of people only (live pages, console). Flows are never joined through these: losing one loses no work.

export interface DisplayEvents {
  /** An engagement's row changed. */
  "engagement:changed": { readonly engagementId: string; readonly tenant: string };
  /** A campaign's counts or state changed. */
  "campaign:changed": { readonly campaignId: string; readonly tenant: string };
  /** A journal row was written. */
  "journal:added": { readonly seq: number };
}

export type DisplayEventName = keyof DisplayEvents;

export interface DisplayBus {
  emit<N extends DisplayEventName>(name: N, fact: DisplayEvents[N]): void;
  /** Returns the way to stop listening. A listener that throws does not stop the others. */
  on<N extends DisplayEventName>(name: N, listener: (fact: DisplayEvents[N]) => void): () => void;
}

export function createDisplayBus(onListenerError: (error: unknown) => void): DisplayBus {
  const listeners = new Map<DisplayEventName, Set<(fact: never) => void>>();
  return {
    emit: (name, fact) => {
      for (const listener of listeners.get(name) ?? []) {
        try {
          (listener as (value: typeof fact) => void)(fact);
        } catch (error) {
          onListenerError(error);
        }
      }
    },
    on: (name, listener) => {
      const set = listeners.get(name) ?? new Set();
      listeners.set(name, set);
      set.add(listener as (fact: never) => void);
      return () => void set.delete(listener as (fact: never) => void);
    },
  };
}
