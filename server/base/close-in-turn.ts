// What a run opened, closed again in the reverse order. One that fails or hangs keeps none of the others open: whatever a
// tunnel does, the ports and the database are let go. Called by create-gateway.
export type Closer = () => Promise<void> | void;

export interface ClosingDeps {
  /** Ms one may take. */
  readonly limitMs: () => number;
  readonly onError: (error: unknown) => void;
}

/** Resolves when each was asked and ended, failed or took too long; never rejects. */
export async function closeInTurn(closers: readonly Closer[], deps: ClosingDeps): Promise<void> {
  for (const close of closers.toReversed()) await closeOne(close, deps).catch(deps.onError);
}

/** @throws what `close` throws, or that it took too long. */
async function closeOne(close: Closer, { limitMs }: ClosingDeps): Promise<void> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new Error("something did not close in time")), limitMs());
  try {
    await Promise.race([late, close()]);
  } finally {
    clearTimeout(timer);
  }
}
