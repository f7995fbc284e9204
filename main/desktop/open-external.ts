// Which addresses may leave the window for the computer's own programs. A page that could open anything could start
// programs: https pages, this computer's own pages, mail and telephone links only, nothing with a name or password in it.

export type ExternalOpener = (url: string) => Promise<void>;

const LONGEST = 2_000;
const MAIL = /^mailto:[^\s<>"@]+@[^\s<>"]+$/i;
const CALL = /^tel:\+?[0-9 ().-]{2,30}$/i;
/** The pretend Follow Up Boss of a rehearsal, which the console links to. */
const OWN = /^(?:127\.0\.0\.1|localhost)$/;

/** The address as it may be handed on; null when it may not. */
export function externalAddress(url: string): string | null {
  if (url.length > LONGEST) return null;
  if (MAIL.test(url) || CALL.test(url)) return url;
  if (!URL.canParse(url)) return null;
  const { protocol, username, password, hostname, href } = new URL(url);
  const known = protocol === "https:" || (protocol === "http:" && OWN.test(hostname));
  return known && username === "" && password === "" && hostname !== "" ? href : null;
}

/** Rejects with a sentence when the address may not be opened. */
export function createOpenExternal(open: ExternalOpener): ExternalOpener {
  return async (url) => {
    const address = externalAddress(url);
    if (address === null) throw new Error("Only web pages over https, mail and telephone links are opened.");
    await open(address);
  };
}
