// The addresses Twilio calls: one table of paths, each with an unguessable part that only the gateway can make. Pure; used
// where addresses are handed to Twilio and at the door that takes the calls in.
import { equalSecret, hmacHex } from "../../base/hmac.ts";

/**
 * Steps of a call. Reported: placed (the call that was placed), leg (the one it dialled), amd, dialled, recording. Asked for
 * instructions: pressed (the agent's key), notice (before a recorded call), answered (of an announcement), digit (in it),
 * played (a text came to its end), speech (a turn of a conversation).
 */
export const VOICE_STEPS = [
  "placed",
  "pressed",
  "notice",
  "leg",
  "amd",
  "dialled",
  "answered",
  "digit",
  "played",
  "recording",
  "speech",
] as const;
export type VoiceStep = (typeof VOICE_STEPS)[number];

export type TwilioRoute =
  | {
      readonly kind: "voice";
      readonly engagementId: string;
      /** Of the order: what an earlier try still tells is not this one's. */
      readonly attempt: number;
      readonly step: VoiceStep;
      /** Which turn of a spoken conversation; 0 is its beginning. Only with "speech". */
      readonly turn?: number;
    }
  /** `ref`: as in message-events.ts. */
  | { readonly kind: "message-status"; readonly engagementId: string; readonly ref: string }
  | { readonly kind: "inbound"; readonly tenant: string }
  | { readonly kind: "caller-id"; readonly tenant: string };

export const TWILIO_PATH = "/integration/channels/twilio";

/** The address of a route. `base`: public address without a slash at the end. */
export function twilioUrl(base: string, linkKey: string, route: TwilioRoute): string {
  return `${base}${twilioPath(linkKey, route)}`;
}

/** As twilioUrl, the path and query alone. */
export function twilioPath(linkKey: string, route: TwilioRoute): string {
  const parts = partsOf(route);
  const path = [TWILIO_PATH, ...parts.map(encodeURIComponent)].join("/");
  return `${path}?k=${tokenOf(linkKey, parts)}`;
}

/**
 * Which route a request is for. `url`: path and query as received (a path in front of ours is passed over, as tunnels may
 * add one). Undefined when it is none of ours, or its token was not made here.
 */
export function readTwilioRoute(linkKey: string, url: string): TwilioRoute | undefined {
  const start = url.indexOf(`${TWILIO_PATH}/`);
  if (start < 0) return undefined;
  const [path = "", query = ""] = url.slice(start + TWILIO_PATH.length + 1).split("?", 2);
  const parts = path.replace(/\/$/, "").split("/").map(decode);
  const route = routeOf(parts);
  const token = new URLSearchParams(query).get("k") ?? "";
  return route && equalSecret(token, tokenOf(linkKey, partsOf(route))) ? route : undefined;
}

function partsOf(route: TwilioRoute): string[] {
  switch (route.kind) {
    case "voice":
      return [
        route.kind,
        route.engagementId,
        String(route.attempt),
        route.step,
        ...(route.turn === undefined ? [] : [String(route.turn)]),
      ];
    case "message-status":
      return [route.kind, route.engagementId, route.ref];
    default:
      return [route.kind, route.tenant];
  }
}

function routeOf([kind, name, ...more]: readonly string[]): TwilioRoute | undefined {
  if (!name) return undefined;
  if (kind === "voice") return voiceRoute(name, more);
  const [ref, ...rest] = more;
  if (kind === "message-status" && ref && rest.length === 0) return { kind, engagementId: name, ref };
  if ((kind === "inbound" || kind === "caller-id") && ref === undefined) return { kind, tenant: name };
  return undefined;
}

const WHOLE = /^\d{1,6}$/;

function voiceRoute(engagementId: string, more: readonly string[]): TwilioRoute | undefined {
  const [attempt = "", word, turn, ...rest] = more;
  const step = VOICE_STEPS.find((each) => each === word);
  if (!WHOLE.test(attempt) || step === undefined || rest.length > 0) return undefined;
  const route = { kind: "voice", engagementId, attempt: Number(attempt), step } as const;
  if ((step === "speech") !== (turn !== undefined)) return undefined;
  if (turn === undefined) return route;
  return WHOLE.test(turn) ? { ...route, turn: Number(turn) } : undefined;
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

// 128 bits are enough that nobody finds one by trying.
const tokenOf = (linkKey: string, parts: readonly string[]): string =>
  hmacHex(linkKey, JSON.stringify(["twilio", ...parts])).slice(0, 32);
