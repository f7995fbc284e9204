// The address in force and the tunnel's state as they are this moment, with a test and a new beginning.
import {
  type AddressTest,
  addressTestSchema,
  type TunnelView,
  tunnelViewSchema,
} from "../../../shared/console/tunnel.schema.ts";
import { ChangeButton } from "../kit/can-change.tsx";
import { Loaded } from "../kit/load-state.tsx";
import { Failure, Problem } from "../kit/problem.tsx";
import { StateBadge, type Tone } from "../kit/state-badge.tsx";
import { useChange, useRead } from "../kit/use-read.ts";
import { When } from "../kit/when.tsx";
import type { SettingsForm } from "../settings/use-settings-form.ts";
import { TUNNEL } from "../texts/tunnel.ts";
import { MovedApps } from "./moved-apps.tsx";

const EVERY_MS = 2_000;
const TEST_MS = 40_000;
const TOUCHED = ["/tunnel", "/settings", "/home", "/status"];
const PLACES = /^(?:platform\.|secrets\.platform\/)(?:tunnel|SERVER_URL|ngrok_|cloudflared_)/;

interface Props {
  readonly form: SettingsForm;
}

export function TunnelNow({ form }: Props) {
  const tunnel = useRead("/tunnel", tunnelViewSchema, { everyMs: EVERY_MS });
  return (
    <section className="tunnel-now" aria-label={TUNNEL.state}>
      <Loaded of={tunnel} lines={3}>
        {(view) => (
          <>
            {view.moved === null ? null : <MovedApps moved={view.moved} urls={form.view.embed_urls} />}
            <Standing view={view} />
            <Actions view={view} typed={[...form.draft.keys()].some((place) => PLACES.test(place))} />
          </>
        )}
      </Loaded>
    </section>
  );
}

const TONES = {
  off: "none",
  opening: "run",
  checking: "run",
  up: "ok",
  waiting: "bad",
} as const satisfies Readonly<Record<TunnelView["phase"], Tone>>;

function Standing({ view }: { readonly view: TunnelView }) {
  const { phase, trouble, address, from } = view;
  const shaken = phase === "up" && trouble !== null;
  const tone = shaken ? "wait" : TONES[phase];
  return (
    <>
      {view.kind === "none" ? null : (
        <p className="row">
          <span role="status">
            <StateBadge tone={tone} word={shaken ? TUNNEL.phases.upTrouble : TUNNEL.phases[phase]} />
          </span>
          {phase === "up" ? (
            <span className="quiet small">
              <When at={view.since} />
            </span>
          ) : null}
          {view.retry_at === null ? null : <NextTry view={view} />}
        </p>
      )}
      <p className="tunnel-address">
        <span className="field-label">{TUNNEL.address}</span>
        {address === null ? (
          <span>{TUNNEL.noAddress}</span>
        ) : (
          <>
            <code dir="ltr">{address}</code>
            <span className="quiet small">{from === null ? "" : TUNNEL.from[from]}</span>
          </>
        )}
      </p>
      {from === "environment" && view.url !== null && view.url !== address ? (
        <Problem tone="wait" cause={TUNNEL.notUsed(view.url)} />
      ) : null}
      {trouble === null ? null : (
        <Problem
          tone={phase === "waiting" ? "bad" : "wait"}
          cause={trouble.sentence}
          remedy={trouble.remedy}
          details={view.output.length === 0 ? null : view.output.join("\n")}
        />
      )}
      {trouble === null && view.output.length > 0 ? <Output lines={view.output} /> : null}
    </>
  );
}

/** Read again every two seconds, so that the time need not run by itself. */
function NextTry({ view }: { readonly view: TunnelView }) {
  const seconds = Math.max(0, Math.round((Date.parse(view.retry_at ?? "") - Date.now()) / 1_000));
  return (
    <span className="quiet small">
      {TUNNEL.retry(view.tries)} {seconds === 0 ? TUNNEL.soon : TUNNEL.inSeconds(seconds)}.
    </span>
  );
}

function Output({ lines }: { readonly lines: readonly string[] }) {
  return (
    <details className="tunnel-output">
      <summary>{TUNNEL.output}</summary>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it */}
      <pre tabIndex={0} dir="ltr">
        {lines.join("\n")}
      </pre>
    </details>
  );
}

function Actions({ view, typed }: { readonly view: TunnelView; readonly typed: boolean }) {
  const test = useChange(addressTestSchema, TOUCHED);
  const restart = useChange(tunnelViewSchema, TOUCHED);
  const last = test.data ?? view.last_test;
  return (
    <>
      <div className="row">
        <ChangeButton
          variant="default"
          size="xs"
          loading={test.isPending}
          disabled={typed}
          onClick={() => test.mutate({ path: "/tunnel/test", timeoutMs: TEST_MS })}
        >
          {TUNNEL.test}
        </ChangeButton>
        {view.kind === "none" ? null : (
          <ChangeButton
            variant="default"
            size="xs"
            loading={restart.isPending}
            disabled={typed}
            onClick={() => restart.mutate({ path: "/tunnel/restart" })}
          >
            {TUNNEL.restart}
          </ChangeButton>
        )}
        {typed ? <span className="quiet small">{TUNNEL.unsaved}</span> : null}
      </div>
      <div role="status" className="fill">
        {test.isPending ? <span className="quiet">{TUNNEL.testing}</span> : null}
        {test.isPending || last === null ? null : <LastTest test={last} />}
      </div>
      {test.error === null ? null : <Failure error={test.error} />}
      {restart.error === null ? null : <Failure error={restart.error} />}
    </>
  );
}

function LastTest({ test }: { readonly test: AddressTest }) {
  return (
    <div className={`tested tone-box-${test.ok ? "ok" : "bad"}`}>
      <b dir="auto">{test.sentence}</b>
      {test.remedy === null ? null : <p dir="auto">{test.remedy}</p>}
      <p className="quiet small">
        {TUNNEL.tested} <When at={test.at} />
        {test.ok && test.ms !== null ? `, ${TUNNEL.ms(test.ms)}` : ""}
      </p>
    </div>
  );
}
