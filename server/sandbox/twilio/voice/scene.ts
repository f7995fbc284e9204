// What a verb is given, and what it leads to. Shared by the verbs and by follow-orders, which runs them.

import type { TwilioState } from "../twilio-state.ts";
import type { HttpMethod } from "../twilio-types.ts";
import type { XmlElement } from "../twiml/parse-xml.ts";
import type { Callback, Leg, Order } from "./leg.ts";

export interface Scene {
  readonly state: TwilioState;
  readonly leg: Leg;
  /** Aborted when the leg, or the one it belongs to, is to stop. */
  readonly signal: AbortSignal;
  /** Of the document; null for inline TwiML. */
  readonly base: string | null;
  /** Has another leg carry out orders, as long as this scene's signal lets it. */
  readonly follow: (leg: Leg, order: Order, kind: "voice" | "whisper") => Promise<void>;
  /** Lets another leg go its own way from here, carrying out what it was redirected to. */
  readonly letGo: (leg: Leg) => void;
}

/** Where to go on: another document, the end, or (undefined) the next verb. */
export type Step = { readonly goTo: Order | null } | undefined;

export type CarryOut = (scene: Scene, element: XmlElement) => Promise<Step>;

/** An address in a document, absolute; undefined (and an alert, 11100) when it is none. */
export function resolveUrl({ state, leg, base }: Scene, text: string): string | undefined {
  const url = URL.canParse(text)
    ? text
    : base !== null && URL.canParse(text, base)
      ? resolve(text, base)
      : "";
  if (/^https?:\/\//i.test(url)) return url;
  state.alert({
    ...{ accountSid: leg.account.sid, sid: leg.call.sid, code: 11100, level: "error", url: text },
    text: "Invalid URL format",
  });
  return undefined;
}

const resolve = (text: string, base: string): string => new URL(text, base).href;

/** A callback a document names. */
export function callbackOf(scene: Scene, url: string | undefined, method: HttpMethod): Callback | null {
  const resolved = url === undefined ? undefined : resolveUrl(scene, url);
  return resolved === undefined ? null : { url: resolved, method };
}

/** The answer of a verb's action takes over the call; without an action the document itself is asked again. */
export function askAction(
  scene: Scene,
  action: string | undefined,
  method: HttpMethod,
  params: Readonly<Record<string, string>>,
): Step {
  const url = action === undefined ? scene.base : resolveUrl(scene, action);
  return { goTo: url === null || url === undefined ? null : { kind: "url", url, method, params } };
}
