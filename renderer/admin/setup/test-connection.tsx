// Test connection: whose account answered a key, typed or saved, owner or not, in words.

import { useEffect, useRef, useState } from "react";
import {
  type ConsoleTestResult,
  consoleTestResultSchema,
} from "../../../shared/console/connection.schema.ts";
import { ChangeButton } from "../kit/can-change.tsx";
import { Failure, Problem } from "../kit/problem.tsx";
import { ToneShape } from "../kit/state-badge.tsx";
import { useChange } from "../kit/use-read.ts";
import { When } from "../kit/when.tsx";
import { TEST } from "../texts/setup.ts";
import { savedValue } from "./draft.ts";
import type { FieldRef } from "./field-ref.ts";
import type { DraftForm } from "./use-draft.ts";

/** `field` is the fub_api_key to test, of the brokerage or of an agent. */
export function TestConnection({ form, field }: { readonly form: DraftForm; readonly field: FieldRef }) {
  const test = useTest(form, field);
  return (
    <div className="stack">
      <ChangeButton variant="default" size="xs" loading={test.busy} onClick={test.run}>
        {test.result === null ? TEST.act : TEST.again}
      </ChangeButton>
      <div role="status" className="fill">
        {test.busy ? <span className="quiet">{TEST.busy}</span> : null}
        {!test.busy && test.result !== null ? <TestResult result={test.result} /> : null}
      </div>
      {test.error === null ? null : <Failure error={test.error} />}
    </div>
  );
}

function useTest(form: DraftForm, field: FieldRef) {
  const change = useChange(consoleTestResultSchema, ["/settings", "/tenants", "/home", "/status"]);
  const [result, setResult] = useState<ConsoleTestResult | null>(null);
  const typed = form.typed(field);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another key makes the answer stale
  useEffect(() => setResult(null), [typed]);
  const provider = savedValue(form.settings, {
    ...field,
    scope: "tenant",
    user: "",
    name: "crm_sync_provider",
  });
  const run = (): void =>
    change.mutate(
      {
        path: "/test-connection",
        timeoutMs: 60_000,
        body: {
          domain_name: field.tenant,
          crm_sync_provider: provider === "rollout" ? "rollout" : "followup_boss",
          ...(field.scope === "user" ? { user_id: field.user } : {}),
          ...(typeof typed === "string" && typed.trim() !== "" ? { fub_api_key: typed } : {}),
        },
      },
      { onSuccess: setResult },
    );
  return { run, result, busy: change.isPending, error: change.error };
}

export function TestResult({ result }: { readonly result: ConsoleTestResult }) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    box.current?.scrollIntoView({ block: "nearest" });
  }, []);
  return (
    <div ref={box} className="stack test-result">
      {result.success ? (
        <div className="problem tone-box-ok">
          <ToneShape tone="ok" />
          <div className="problem-words">
            <p className="problem-cause" dir="auto">
              {result.message}
            </p>
            <p dir="auto">{sayWhose(result)}</p>
            <Tried result={result} />
          </div>
        </div>
      ) : (
        <Problem cause={result.message} remedy={result.remedy} details={result.code}>
          <Tried result={result} />
        </Problem>
      )}
      {result.warnings.map(({ sentence, remedy }) => (
        <Problem key={sentence} tone="wait" cause={sentence} remedy={remedy} />
      ))}
    </div>
  );
}

function Tried({ result }: { readonly result: ConsoleTestResult }) {
  const which = result.tested === "typed" ? TEST.typed : result.tested === "saved" ? TEST.saved : "";
  return (
    <p className="quiet small">
      {which} <When at={result.at} />
    </p>
  );
}

function sayWhose({ account, user }: ConsoleTestResult): string {
  if (account === null || user === null) return "";
  const name = account.name ?? account.domain ?? TEST.noAccount;
  const owner = user.is_owner === null ? TEST.unknownOwner : user.is_owner ? TEST.owner : TEST.notOwner;
  return `${TEST.whose(user.name ?? TEST.someone, name)} ${owner}`;
}
