// Test connection: with what is typed, else with what is saved.
import { consoleTestResultSchema } from "../../../shared/console/connection.schema.ts";
import { ChangeButton } from "../kit/can-change.tsx";
import { Failure } from "../kit/problem.tsx";
import { useChange } from "../kit/use-read.ts";
import { TestResult } from "../setup/test-connection.tsx";
import { TEST } from "../texts/setup.ts";
import { tenantPlace } from "./settings-draft.ts";
import type { BrokerageProps } from "./use-settings-form.ts";

export function TestSavedKey({ form, tenant }: BrokerageProps) {
  const test = useChange(consoleTestResultSchema, ["/settings", "/tenants", "/home", "/status"]);
  const key = form.secret(`tenant/${tenant}/fub_api_key`);
  const typed = typeof key === "string" && key.trim() !== "" ? { fub_api_key: key } : {};
  const run = (): void =>
    test.mutate({
      path: "/test-connection",
      timeoutMs: 60_000,
      body: {
        domain_name: tenant,
        crm_sync_provider: form.value(tenantPlace(tenant, "crm_sync_provider")),
        ...typed,
      },
    });
  return (
    <div className="stack">
      <ChangeButton variant="default" size="xs" loading={test.isPending} onClick={run}>
        {test.data === undefined ? TEST.act : TEST.again}
      </ChangeButton>
      <div role="status" className="fill">
        {test.isPending ? <span className="quiet">{TEST.busy}</span> : null}
        {!test.isPending && test.data !== undefined ? <TestResult result={test.data} /> : null}
      </div>
      {test.error === null ? null : <Failure error={test.error} />}
    </div>
  );
}
