// Makes the state of the pretend Twilio, and starts it anew. Called by create-twilio-world.
import { randomUUID } from "node:crypto";
import { createFaults } from "../fub/take-fault.ts";
import type { SandboxClock } from "../sandbox-types.ts";
import { createSession } from "./create-session.ts";
import { replyByScript } from "./messages/reply-by-script.ts";
import { decideScript } from "./phones/decide-script.ts";
import type { PhoneScript } from "./phones/phone-script.ts";
import type { Person, TwilioState } from "./twilio-state.ts";
import { defaultTwilioSettings, type TwilioAccount, type TwilioSettings } from "./twilio-types.ts";
import { interrupt, type Leg } from "./voice/leg.ts";
import { createWebhooks, type Webhooks } from "./webhooks/create-webhooks.ts";
import { createWebhookFaults } from "./webhooks/webhook-faults.ts";

export interface TwilioOptions extends Partial<TwilioSettings> {
  /** Copied; see demoTwilio() for ready-made ones. */
  accounts?: readonly TwilioAccount[];
  /** How some phones behave, by number. */
  scripts?: Readonly<Record<string, Partial<PhoneScript>>>;
}

export interface TwilioLife {
  /** Resolves when no call, message or webhook is under way. */
  settle(): Promise<void>;
  /** Resolves as soon as it is so; asked whenever a call, a message, a webhook or a request has changed something. */
  until(isSo: () => boolean): Promise<void>;
  /** Back to what was given at the start; what is under way ends and tells nobody. */
  reset(): void;
  /** Ends everything that is under way. */
  stop(): void;
}

export function createTwilioState(
  given: TwilioOptions,
  clock: SandboxClock,
  address: () => string,
): TwilioState & TwilioLife {
  const { accounts = [], scripts = {}, ...changed } = given;
  const underWay = new Set<Promise<unknown>>();
  let waiting: (() => void)[] = [];
  let era = new AbortController();
  const track = (work: Promise<unknown>): void => {
    underWay.add(work);
    void work.finally(() => underWay.delete(work));
  };
  const touch = (): void => {
    const looking = waiting;
    waiting = [];
    for (const look of looking) look();
  };
  const callbackFaults = createWebhookFaults();
  const fresh = () => freshState(structuredClone([...accounts]), { ...defaultTwilioSettings(), ...changed });
  const openWebhooks = (): Webhooks =>
    createWebhooks({
      ...{ clock, track, touch, stopped: era.signal, faults: callbackFaults },
      settings: () => state.settings,
      log: () => state.callbacks,
      alert: (alert) => state.alert(alert),
    });
  const end = (): void => {
    era.abort("stopped");
    for (const leg of state.legs.values()) interrupt(leg, "stopped");
  };
  const state: TwilioState & TwilioLife = {
    ...fresh(),
    ...{ clock, address, track, touch, callbackFaults, era: era.signal },
    ...{ faults: createFaults(), webhooks: openWebhooks() },
    ...createRecords(() => state, scripts),
    until: async (isSo) => {
      while (!isSo()) await new Promise<void>((resolve) => waiting.push(resolve));
    },
    settle: async () => {
      while (underWay.size > 0) await Promise.all(underWay);
    },
    reset: () => {
      end();
      era = new AbortController();
      Object.assign(state, fresh(), { era: era.signal, webhooks: openWebhooks() });
      state.faults.clear();
      callbackFaults.clear();
      touch();
    },
    stop: end,
  };
  return state;
}

/** The parts that make or look up single things. */
function createRecords(
  state: () => TwilioState,
  scripts: Readonly<Record<string, Partial<PhoneScript>>>,
): Pick<TwilioState, "newSid" | "account" | "person" | "newSession" | "arrived" | "alert" | "violation"> {
  return {
    newSid: (prefix) => prefix + randomUUID().replaceAll("-", ""),
    account: (sid) => {
      const found = state().accounts.find((account) => account.sid === sid);
      if (!found) throw new Error(`the pretend Twilio has no account ${sid}`);
      return found;
    },
    person: (number) => {
      const { people, settings } = state();
      const known = people.get(number);
      if (known) return known;
      const person = newPerson(decideScript(number, settings.livePhones), scripts[number]);
      people.set(number, person);
      return person;
    },
    newSession: (group) =>
      createSession({
        clock: state().clock,
        speed: () => state().settings.speed,
        calm: () => state().webhooks.calm(group),
      }),
    arrived: (message, session) => replyByScript(state(), message, session),
    alert: (alert) => {
      state().alerts.push({ at: state().clock.now(), ...alert });
      state().touch();
    },
    violation: (violation) => {
      state().violations.push({ at: state().clock.now(), ...violation });
      state().touch();
    },
  };
}

export const newPerson = (usual: PhoneScript, given: Partial<PhoneScript> = {}): Person => ({
  script: { ...usual, ...given },
  ...{ repliesGiven: 0, refusals: 0 },
});

const freshState = (accounts: TwilioAccount[], settings: TwilioSettings) => ({
  ...{ accounts, settings },
  calls: [],
  recordings: [],
  messages: [],
  notices: [],
  optOuts: [],
  windows: new Map<string, number>(),
  people: new Map<string, Person>(),
  requests: [],
  violations: [],
  alerts: [],
  callbacks: [],
  legs: new Map<string, Leg>(),
  nextDial: new Map<string, number>(),
});
