// Signals that end a request, also for browsers that lack AbortSignal.any and AbortSignal.timeout: a contact's telephone may
// be years old. Whatever follows a stream or sends a message uses these.

/** Aborted as soon as one of `signals` is. */
export function anySignal(...signals: readonly AbortSignal[]): AbortSignal {
  const joined = new AbortController();
  const give = (): void => {
    joined.abort();
    for (const signal of signals) signal.removeEventListener("abort", give);
  };
  for (const signal of signals) signal.addEventListener("abort", give);
  if (signals.some((signal) => signal.aborted)) give();
  return joined.signal;
}

/** Aborted after `ms` milliseconds. */
export function timeoutSignal(ms: number): AbortSignal {
  const late = new AbortController();
  setTimeout(() => late.abort(), ms);
  return late.signal;
}
