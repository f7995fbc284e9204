// Reads a server-sent event stream from bytes as they arrive (HTML Standard, "event stream interpretation").
// The embed page needs it because EventSource cannot send its session as a header.

export interface StreamMessage {
  readonly event: string;
  readonly data: string;
}

/** Give it chunks cut anywhere, even inside a letter; whole messages come out. Comments and ids are passed over. */
export function createEventParser(onMessage: (message: StreamMessage) => void): (bytes: Uint8Array) => void {
  const decoder = new TextDecoder();
  let line = "";
  let afterReturn = false;
  let event = "";
  let data: string[] = [];

  const takeLine = (text: string): void => {
    if (text === "") {
      if (data.length > 0) onMessage({ event: event === "" ? "message" : event, data: data.join("\n") });
      event = "";
      data = [];
      return;
    }
    const colon = text.indexOf(":");
    if (colon === 0) return;
    const field = colon < 0 ? text : text.slice(0, colon);
    const value = colon < 0 ? "" : text.slice(colon + 1).replace(/^ /, "");
    if (field === "event") event = value;
    else if (field === "data") data.push(value);
  };

  return (bytes) => {
    // A line may end with CR, LF or both; a LF that follows a CR of the chunk before belongs to it.
    for (const part of decoder.decode(bytes, { stream: true }).split(/(\r\n|\r|\n)/)) {
      if (part === "") continue;
      if (part === "\n" && afterReturn) {
        afterReturn = false;
        continue;
      }
      afterReturn = part === "\r";
      if (part !== "\r\n" && part !== "\r" && part !== "\n") {
        line += part;
        continue;
      }
      const whole = line;
      line = "";
      takeLine(whole);
    }
  };
}
