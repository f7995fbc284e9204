// Addresses Twilio may have signed instead of the expected one, each with the mistake it would be and what to do about it.
// Pure; the nearest mistakes come first.
import { headerOf, type SignedRequest } from "./signed-request.ts";

export interface LikelyAddress {
  readonly code: "scheme" | "host" | "port" | "prefix" | "path" | "query";
  readonly address: string;
  readonly remedy: string;
}

/** `expected`: the address that was expected to be signed. */
export function likelyAddresses(
  publicUrl: string,
  request: Pick<SignedRequest, "path" | "headers">,
  expected: string,
): LikelyAddress[] {
  const base = new URL(publicUrl);
  const local = expected.slice(publicUrl.length);
  const plain = { publicUrl, local };
  return [
    ...schemes(plain),
    ...ports(plain, request),
    ...prefixes(base, request.path, local),
    ...spellings(expected),
    ...hosts(base, request, local),
  ];
}

interface Parts {
  readonly publicUrl: string;
  readonly local: string;
}

const SET_SERVER_URL = "set SERVER_URL to the address Twilio calls.";

const otherScheme = (url: string): string =>
  url.startsWith("https://") ? `http://${url.slice(8)}` : `https://${url.slice(7)}`;

function schemes({ publicUrl, local }: Parts): LikelyAddress[] {
  const address = otherScheme(publicUrl) + local;
  const remedy = address.startsWith("http://")
    ? "enter the https address at Twilio, so that it calls that one."
    : SET_SERVER_URL;
  return [{ code: "scheme", address, remedy }];
}

// A port that is not the scheme's own: Twilio's signature has it, or not, as the address at Twilio did.
function ports({ publicUrl, local }: Parts, request: Pick<SignedRequest, "headers">): LikelyAddress[] {
  const forwarded = headerOf(request, "x-forwarded-port") ?? "";
  const own = headerOf(request, "host")?.match(/:(\d+)$/)?.[1] ?? "";
  return [publicUrl, otherScheme(publicUrl)].flatMap((url) =>
    [...new Set([forwarded, own, "443", "80"])]
      .filter((port) => /^\d{1,5}$/.test(port))
      .map((port): LikelyAddress => {
        const with_ = new URL(url);
        const origin = `${with_.protocol}//${with_.hostname}:${port}`;
        return { code: "port", address: origin + pathOf(with_) + local, remedy: SET_SERVER_URL };
      }),
  );
}

const pathOf = (url: URL): string => (url.pathname === "/" ? "" : url.pathname);

/** SERVER_URL has a path that Twilio does not use, or the other way round. */
function prefixes(base: URL, path: string, local: string): LikelyAddress[] {
  const without = {
    address: base.origin + local,
    remedy: "take the path off SERVER_URL, or add it at Twilio.",
  };
  const received = { address: base.origin + path, remedy: "add that path to SERVER_URL." };
  return [
    ...(pathOf(base) === "" ? [] : [{ code: "prefix" as const, ...without }]),
    ...(path === local ? [] : [{ code: "prefix" as const, ...received }]),
  ];
}

/** The same address written differently: whatever is in front of the gateway rewrites what it passes on. */
function spellings(expected: string): LikelyAddress[] {
  const [head = "", query] = expected.split("?", 2);
  const rest = query === undefined ? "" : `?${query}`;
  const slash = head.endsWith("/") ? head.slice(0, -1) : `${head}/`;
  const unchanged = "let whatever stands in front of the gateway pass addresses on unchanged.";
  const written = [
    ...[safely(decodeURIComponent, rest), safely(encodeURI, rest)],
    ...[rest.replace(/\+/g, "%20"), rest.replace(/\+/g, "%2B")],
  ];
  return [
    {
      code: "path",
      address: slash + rest,
      remedy: "the slash at the end differs; enter the address at Twilio as shown.",
    },
    { code: "path", address: safely(decodeURI, head) + rest, remedy: unchanged },
    { code: "path", address: safely(encodeURI, head) + rest, remedy: unchanged },
    ...[...written, rest.replace(/%20/g, "+"), ""]
      .filter((each) => each !== rest)
      .map((each) => ({ code: "query" as const, address: head + each, remedy: unchanged })),
  ];
}

function safely(change: (text: string) => string, text: string): string {
  try {
    return change(text);
  } catch {
    return text;
  }
}

/** The host the request names. It is only compared, never believed. */
function hosts(base: URL, request: Pick<SignedRequest, "path" | "headers">, local: string): LikelyAddress[] {
  const forwarded = headerOf(request, "forwarded")?.match(/host="?([^";,\s]+)/i)?.[1];
  const named = [
    headerOf(request, "x-forwarded-host"),
    forwarded,
    headerOf(request, "x-original-host"),
    headerOf(request, "host"),
  ]
    .flatMap((value) => value?.split(",")[0]?.trim() ?? [])
    .filter((host) => /^[\w.:[\]-]+$/.test(host));
  return [...new Set(named)].flatMap((host) =>
    ["https", "http"].flatMap((scheme) =>
      [...new Set([local, request.path, pathOf(base) + local])].map((path) => ({
        code: "host" as const,
        address: `${scheme}://${host}${path}`,
        remedy: SET_SERVER_URL,
      })),
    ),
  );
}
