// Addresses in what a tunnel program prints. Which of them leads here is not guessed: each is asked (test-address).
import { isLoopbackHost } from "../../shared/settings-parts.ts";

const ESCAPES = new RegExp(`${String.fromCharCode(27)}\\[[0-9;?]*[A-Za-z]`, "g");
const URLS = /https?:\/\/[^\s"'<>|\\^`{}()[\],;]+/gi;
const QUICK_TUNNEL = /^https:\/\/(?!api\.)[a-z0-9-]+\.trycloudflare\.com$/;

/** `ownPort`: of the public listener; where a program says what it leads to, that is no way in from outside. */
export function findAddresses(line: string, ownPort: number): string[] {
  const found = plainLine(line).match(URLS) ?? [];
  return found.flatMap((text) => {
    const address = asAddress(text.replace(/[.:!?*]+$/, ""), ownPort);
    return address === undefined ? [] : [address];
  });
}

/** The address of a quick tunnel of Cloudflare's; its program names other pages too. */
export const findQuickTunnel = (line: string): string | undefined =>
  findAddresses(line, 0).find((address) => QUICK_TUNNEL.test(address));

/** A line without colours. */
export const plainLine = (line: string): string => line.replace(ESCAPES, "");

// A path leads to a page about something, not to a gateway. Without encryption only on this computer: a terminator of
// TLS there, or a test.
function asAddress(text: string, ownPort: number): string | undefined {
  if (!URL.canParse(text)) return undefined;
  const url = new URL(text);
  const plain = url.pathname === "/" && url.search === "" && url.hash === "" && url.username === "";
  const local = isLoopbackHost(url.hostname);
  if (!plain || (url.protocol !== "https:" && !local)) return undefined;
  return local && Number(url.port) === ownPort ? undefined : url.origin;
}
