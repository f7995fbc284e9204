// Verifying an agent's phone: Twilio calls it, the code to key in stands here, and the list is read until it is verified.
import { Button, Modal } from "@mantine/core";
import { type CallerIds, callerIdsSchema, type Verifying } from "../../../shared/console/channels.schema.ts";
import { Phone } from "../kit/phone.tsx";
import { Failure } from "../kit/problem.tsx";
import { StateBadge } from "../kit/state-badge.tsx";
import { useRead } from "../kit/use-read.ts";
import { CALLER_IDS } from "../texts/channels.ts";
import { KIT } from "../texts/kit.ts";

export const CALLER_IDS_PATH = "/channels/twilio/caller-ids";
const EVERY_MS = 4_000;

export interface VerifyCallerIdProps {
  readonly tenant: string;
  /** Whose phone; null: closed. */
  readonly agent: CallerIds["agents"][number] | null;
  /** What Twilio answered; null while it is asked. */
  readonly said: Verifying | null;
  readonly error: Error | null;
  readonly onClose: () => void;
}

export function VerifyCallerId({ tenant, agent, said, error, onClose }: VerifyCallerIdProps) {
  return (
    <Modal
      opened={agent !== null}
      onClose={onClose}
      title={agent === null ? "" : CALLER_IDS.dialog(agent.name || agent.user_id)}
    >
      {error === null ? null : <Failure error={error} />}
      {agent !== null && error === null ? (
        <div className="stack">
          {said !== null && !agent.verified ? <Code said={said} /> : null}
          <div role="status" className="fill">
            <Standing verified={agent.verified} asked={said !== null} />
          </div>
        </div>
      ) : null}
      {agent !== null && said !== null && !agent.verified ? <KeepReading tenant={tenant} /> : null}
      <div className="modal-actions">
        <Button variant="default" onClick={onClose}>
          {KIT.close}
        </Button>
      </div>
    </Modal>
  );
}

function Standing({ verified, asked }: { readonly verified: boolean; readonly asked: boolean }) {
  if (verified) return <StateBadge tone="ok" word={CALLER_IDS.done} />;
  return <StateBadge tone="run" word={asked ? CALLER_IDS.waitingFor : CALLER_IDS.asking} plain />;
}

function Code({ said }: { readonly said: Verifying }) {
  return (
    <>
      <p>
        {CALLER_IDS.calling} <Phone value={said.number} />. {CALLER_IDS.type}
      </p>
      <p className="code-to-key fill" role="status">
        <span className="sr-only">{CALLER_IDS.code}: </span>
        <b className="tabular">{[...said.code].join(" ")}</b>
      </p>
      <p dir="auto">{said.sentence}</p>
      <p className="quiet small">{CALLER_IDS.again}</p>
    </>
  );
}

/** Asks again and again while it stands here; whoever shows the list shares the answer. */
function KeepReading({ tenant }: { readonly tenant: string }) {
  useRead(CALLER_IDS_PATH, callerIdsSchema, { query: { tenant }, everyMs: EVERY_MS });
  return null;
}
