// What the pretend Twilio saw and heard of calls, as tests ask for it.
import { expect } from "vitest";
import type { OpenProvider } from "./open-twilio-provider.ts";

/** Settings of a brokerage that leaves messages on voicemails. */
export const VOICEMAIL = {
  voicemail_text: "Hello, this is Ann of Acme. Please call me back when you can.",
} as const;

/** Nothing Twilio would frown at was asked, and nobody was turned away at the door. */
export function clean(world: OpenProvider): void {
  expect(world.sandbox.world.violations).toEqual([]);
  expect(world.refused).toEqual([]);
}

/** What Twilio said to this phone, in all its calls. */
export const heardBy = (world: OpenProvider, number: string): string[] =>
  world.sandbox.world.calls
    .filter(({ to }) => to === number)
    .flatMap(({ heard }) => heard.filter(({ by, kind }) => by === "twilio" && kind === "say"))
    .map(({ text }) => text);

/** How many calls the gateway asked for. */
export const placed = (world: OpenProvider): number =>
  world.sandbox.world.requests.filter(({ method, path }) => method === "POST" && path.endsWith("/Calls.json"))
    .length;
