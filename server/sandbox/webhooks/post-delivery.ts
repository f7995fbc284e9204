// One attempt to hand over a delivery. Called by the dispatchers, which sign it in a header of their own.

/** The status, or null when none came: refused, broken off, or not within `timeoutMs`. Redirects are not followed. */
export async function postDelivery(
  { url, body, headers }: { url: string; body: string; headers: Readonly<Record<string, string>> },
  timeoutMs: number,
  stopped: AbortSignal,
): Promise<number | null> {
  try {
    const response = await fetch(url, {
      method: "POST",
      headers: { "Content-Type": "application/json", ...headers },
      body,
      redirect: "manual",
      signal: AbortSignal.any([AbortSignal.timeout(timeoutMs), stopped]),
    });
    await response.arrayBuffer();
    return response.status;
  } catch {
    return null;
  }
}
