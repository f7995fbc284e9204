// The life of a tunnel: what each event makes of it, and what must hold whatever happens in whatever order.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { advanceTunnel } from "../../../server/tunnel/advance-tunnel.ts";
import { trouble } from "../../../server/tunnel/say-trouble.ts";
import {
  type Proven,
  TUNNEL_OFF,
  TUNNEL_POLICY,
  type TunnelEffect,
  type TunnelEvent,
  type TunnelState,
} from "../../../server/tunnel/tunnel-state.ts";

const A = "https://a.example.com";
const B = "https://b.example.com";
const proven = (url: string, more: Partial<Proven> = {}): Proven => ({
  url,
  pageInFront: false,
  namesClients: true,
  ...more,
});
const NOBODY = trouble("unreachable", "nobody");
const SOMEBODY = trouble("not_passed", "status 502");
type Given = (state: TunnelState) => TunnelEvent;
const address =
  (url: string): Given =>
  ({ run }) => ({ type: "address", run, url });
const tested =
  (found: Proven | typeof NOBODY): Given =>
  ({ run, round }) => ({ type: "tested", run, round, found });
const ended =
  (why = trouble("ended", "code 1")): Given =>
  ({ run }) => ({ type: "ended", run, trouble: why });
const time: Given = ({ run }) => ({ type: "time", run });
const start: Given = () => ({ type: "start" });

let now = 0;
function play(events: readonly Given[], from: TunnelState = TUNNEL_OFF, eachMs = 1_000) {
  let state = from;
  let effects: readonly TunnelEffect[] = [];
  for (const event of events) {
    now += eachMs;
    ({ state, effects } = advanceTunnel(state, event(state), { now, random: 0, policy: TUNNEL_POLICY }));
  }
  return { state, effects, kinds: effects.map(({ type }) => type) };
}
const UP = [start, address(A), tested(proven(A))];

describe("an opening", () => {
  test.each<[string, Given[], Partial<TunnelState>, string[]]>([
    ["opens after closing whatever was", [start], { phase: "opening", tries: 0 }, ["close", "open", "timer"]],
    [
      "tests an address that was named",
      [start, address(A)],
      { phase: "checking", url: null },
      ["timer", "test"],
    ],
    ["is up once it is proven", UP, { phase: "up", url: A, failures: 0 }, ["timer"]],
    ["waits when no address came", [start, time], { phase: "waiting", tries: 1 }, ["close", "timer"]],
    ["opens again after waiting", [start, time, time], { phase: "opening", tries: 1 }, ["open", "timer"]],
    ["waits when it ended", [start, ended()], { phase: "waiting", tries: 1 }, ["close", "timer"]],
    ["tests again after waking", [...UP, () => ({ type: "woke" })], { phase: "up" }, ["timer", "test"]],
    [
      "opens at once after waking",
      [start, ended(), () => ({ type: "woke" })],
      { phase: "opening" },
      ["open", "timer"],
    ],
    [
      "is off when stopped",
      [...UP, () => ({ type: "stop" })],
      { phase: "off", url: null },
      ["close", "timer"],
    ],
    ["does not hear the same address twice", [start, address(A), address(A)], { phase: "checking" }, []],
    [
      "says that browsers see something else",
      [start, address(A), tested(proven(A, { pageInFront: true }))],
      { phase: "up", trouble: trouble("page_in_front") },
      ["timer"],
    ],
  ])("%s", (_name, events, state, kinds) => {
    const played = play(events);
    expect(played.state).toMatchObject(state);
    expect(played.kinds).toEqual(kinds);
  });

  test("what an earlier one still says changes nothing", () => {
    const { state } = play([...UP, ended(), time]);
    for (const event of [
      { type: "address", run: state.run - 1, url: B },
      { type: "ended", run: state.run - 1, trouble: SOMEBODY },
      { type: "tested", run: state.run - 1, round: state.round, found: proven(B) },
      { type: "time", run: state.run - 1 },
    ] as const)
      expect(play([() => event], state).state).toEqual(state);
  });
});

describe("how long it is patient", () => {
  const waitOf = (events: readonly Given[], eachMs?: number): number | null | undefined => {
    const { effects } = play(events, TUNNEL_OFF, eachMs);
    return effects.find((effect) => effect.type === "timer")?.ms;
  };

  test("each opening that does not hold waits longer, to a minute", () => {
    const failing = (times: number): Given[] => [
      start,
      ...Array.from({ length: times }, () => [ended(), time])
        .flat()
        .slice(0, -1),
    ];
    expect([1, 2, 3, 4, 8, 20].map((times) => waitOf(failing(times)))).toEqual([
      1_000, 2_000, 4_000, 8_000, 60_000, 60_000,
    ]);
  });

  test("one that held begins anew; one that was up for a moment does not", () => {
    const before = play([start, ended(), time, ended(), time, address(A), tested(proven(A))]).state;
    expect(play([ended()], before, 1_000).state.tries).toBe(3);
    expect(play([ended()], before, TUNNEL_POLICY.heldMs).state.tries).toBe(1);
  });

  test("what only a person can mend is tried every five minutes", () => {
    expect(waitOf([start, ended(trouble("token_refused", "no"))])).toBe(300_000);
  });

  test.each<[string, Given[], typeof NOBODY, number]>([
    ["an address that was never proven", [start, address(A)], SOMEBODY, TUNNEL_POLICY.mostFresh],
    ["one that somebody else answers", UP, SOMEBODY, TUNNEL_POLICY.mostDenied],
    ["one that nobody answers: the network may be gone", UP, NOBODY, TUNNEL_POLICY.mostUnreachable],
  ])("%s is given up after some tests", (_name, before, why, most) => {
    const rounds = (times: number): Given[] =>
      Array.from({ length: times }, () => [time, tested(why)]).flat();
    const begun = play(before).state;
    const almost = play(rounds(most - 1), begun);
    expect(almost.state).toMatchObject({ phase: begun.phase, failures: most - 1, trouble: why });
    expect(almost.effects).toEqual([{ type: "timer", ms: expect.any(Number) }]);
    expect(play(rounds(1), almost.state).state).toMatchObject({ phase: "waiting", trouble: why, url: null });
    expect(play([time, tested(proven(A))], almost.state).state).toMatchObject({
      phase: "up",
      failures: 0,
      trouble: null,
    });
  });
});

describe("another address while it is up", () => {
  test("is used once it is proven, and the one before is forgotten", () => {
    const { state } = play([...UP, address(B), tested(proven(B))]);
    expect(state).toMatchObject({ phase: "up", url: B, candidates: [B] });
  });

  test("that proves nothing is tried some times and forgotten, while the other stays in force", () => {
    const since = play(UP).state.since;
    let { state } = play([address(B), tested(proven(A))], { ...play(UP).state, since });
    expect(state).toMatchObject({ url: A, since, candidates: [B, A] });
    for (let round = 0; round < 5; round++) state = play([time, tested(proven(A))], state).state;
    expect(state).toMatchObject({ url: A, since, candidates: [A], doubts: 0 });
  });
});

const anyEvent = fc.oneof(
  fc.constant<TunnelEvent>({ type: "start" }),
  fc.constant<TunnelEvent>({ type: "stop" }),
  fc.constant<TunnelEvent>({ type: "woke" }),
  fc.record({
    type: fc.constant("address" as const),
    run: fc.nat(6),
    url: fc.constantFrom(A, B, "https://c.example.com"),
  }),
  fc.record({
    type: fc.constant("ended" as const),
    run: fc.nat(6),
    trouble: fc.constantFrom(NOBODY, trouble("not_installed")),
  }),
  fc.record({ type: fc.constant("time" as const), run: fc.nat(6) }),
  fc.record({
    type: fc.constant("tested" as const),
    run: fc.nat(6),
    round: fc.nat(8),
    found: fc.constantFrom(proven(A), proven(B), NOBODY, SOMEBODY),
  }),
);

test("whatever happens: never two at a time, never stuck, never an address that was not proven", () => {
  fc.assert(
    fc.property(
      fc.array(anyEvent, { maxLength: 60 }),
      fc.double({ min: 0, max: 0.999, noNaN: true }),
      (events, random) => {
        let state = TUNNEL_OFF;
        let open = false;
        let pending: "timer" | "test" | null = null;
        events.forEach((event, index) => {
          const step = advanceTunnel(state, event, { now: index * 1_000, random, policy: TUNNEL_POLICY });
          state = step.state;
          for (const effect of step.effects) {
            if (effect.type === "close") open = false;
            if (effect.type === "open") {
              expect(open).toBe(false);
              open = true;
            }
            if (effect.type === "timer") pending = effect.ms === null ? null : "timer";
            if (effect.type === "test") {
              pending = "test";
              expect(effect.urls.length).toBeGreaterThan(0);
              expect(effect.round).toBe(state.round);
            }
          }
          // Something will go on: a timer runs or a test is under way; and when it is off, nothing is.
          expect(pending === null).toBe(state.phase === "off");
          expect(open).toBe(state.phase === "opening" || state.phase === "checking" || state.phase === "up");
          expect(state.url !== null).toBe(state.phase === "up");
          if (state.url !== null) expect(state.candidates).toContain(state.url);
          expect(state.candidates.length).toBeLessThanOrEqual(5);
        });
      },
    ),
    { numRuns: 300 },
  );
});
