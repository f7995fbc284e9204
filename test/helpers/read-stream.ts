// Follows a stream of server-sent events.

export interface FollowedStream {
  /** What has come so far; data parsed. */
  readonly events: { readonly event: string; readonly data: unknown }[];
  close(): void;
}

/** Resolves once the stream is open. @throws with the status when it is refused. */
export async function readStream(address: string, bearer: string): Promise<FollowedStream> {
  const stop = new AbortController();
  const response = await fetch(address, {
    headers: { authorization: `Bearer ${bearer}` },
    signal: stop.signal,
  });
  if (!response.ok || !response.body) throw new Error(`the stream was refused: ${response.status}`);
  const events: FollowedStream["events"] = [];
  void follow(response.body, events).catch(() => undefined);
  return { events, close: () => stop.abort() };
}

async function follow(body: ReadableStream<Uint8Array>, events: FollowedStream["events"]): Promise<void> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let text = "";
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    text += decoder.decode(value, { stream: true });
    for (let end = text.indexOf("\n\n"); end >= 0; end = text.indexOf("\n\n")) {
      const lines = text.slice(0, end).split("\n");
      text = text.slice(end + 2);
      const field = (name: string) =>
        lines.find((line) => line.startsWith(`${name}: `))?.slice(name.length + 2);
      const [event, data] = [field("event"), field("data")];
      if (event && data) events.push({ event, data: JSON.parse(data) as unknown });
    }
  }
}
