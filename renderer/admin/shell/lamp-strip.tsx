// The strip of four lamps: always visible, always true. With no answer nothing is green.
import { Popover, UnstyledButton } from "@mantine/core";
import type { Lamp } from "../../../shared/admin-api.ts";
import type { Home } from "../../../shared/console/home.schema.ts";
import { type Tone, ToneShape } from "../kit/state-badge.tsx";
import { LAMP_NAMES, LAMP_WORDS, SHELL } from "../texts/shell.ts";
import { useConnection } from "./connection.tsx";
import { OutreachSwitch } from "./outreach-switch.tsx";
import { useHome } from "./use-home.ts";

type LampId = keyof typeof LAMP_NAMES;
const LAMP_IDS = Object.keys(LAMP_NAMES) as readonly LampId[];
export const LAMP_TONES: Readonly<Record<Lamp["state"], Tone>> = {
  ok: "ok",
  warn: "wait",
  bad: "bad",
  unknown: "none",
};

export interface ShownLamp {
  readonly tone: Tone;
  readonly word: string;
  readonly sentence: string;
  readonly remedy: string | null;
}

/** `home` undefined while nothing was answered; `offline` when nobody answers now, whatever was known before. */
export function showLamp(id: LampId, home: Home | undefined, offline: boolean): ShownLamp {
  if (offline) return { tone: "none", word: LAMP_WORDS.silent, sentence: SHELL.silent, remedy: null };
  if (home === undefined) {
    return { tone: "none", word: LAMP_WORDS.asking, sentence: SHELL.asking, remedy: null };
  }
  const { state, sentence, remedy } = home.lamps[id];
  const tone = LAMP_TONES[state];
  if (id !== "outreach") return { tone, word: LAMP_WORDS[state], sentence, remedy };
  const { paused } = home.outreach;
  if (paused !== null) return { tone: "wait", word: SHELL.pausedBy(paused.by), sentence, remedy };
  return { tone, word: state === "ok" ? LAMP_WORDS.running : LAMP_WORDS[state], sentence, remedy };
}

/** The four lamps as they are to be shown now; Home shows the same at length. */
export function useLamps(): readonly (readonly [id: LampId, lamp: ShownLamp])[] {
  const home = useHome();
  const offline = useConnection() === "offline";
  const known = home.error === null || home.error.kind === "offline" ? home.data : undefined;
  return LAMP_IDS.map((id) => [id, showLamp(id, known, offline)] as const);
}

export function LampStrip() {
  const lamps = useLamps();
  return (
    <section className="lamps" aria-label={SHELL.lamps}>
      <ul>
        {lamps.map(([id, lamp]) => (
          <li key={id}>
            <LampButton id={id} lamp={lamp} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function LampButton({ id, lamp }: { readonly id: LampId; readonly lamp: ShownLamp }) {
  return (
    <Popover width={320} position="bottom-start" trapFocus={false} returnFocus>
      <Popover.Target>
        <UnstyledButton className={`lamp lamp-${lamp.tone}`}>
          <span className="lamp-dot">
            <ToneShape tone={lamp.tone} />
          </span>
          <span className="lamp-words">
            <span className="lamp-name">{LAMP_NAMES[id]}</span>
            <span className="lamp-word" dir="auto">
              {lamp.word}
            </span>
          </span>
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown>
        <div className="stack">
          <p dir="auto">
            <b>{lamp.sentence}</b>
          </p>
          {lamp.remedy === null ? null : <p dir="auto">{lamp.remedy}</p>}
          {id === "outreach" ? <OutreachSwitch /> : null}
        </div>
      </Popover.Dropdown>
    </Popover>
  );
}
