// What holds for the whole window and must not be missed: nobody answers, this is practice, or nothing can be
// changed here.
import { Link } from "wouter";
import { PRACTICE_TENANT } from "../../../shared/console/sandbox.schema.ts";
import { ToneShape } from "../kit/state-badge.tsx";
import { When } from "../kit/when.tsx";
import { SHELL } from "../texts/shell.ts";
import { useConnection } from "./connection.tsx";
import { useSession } from "./session.tsx";
import { useTenant } from "./tenant.tsx";

export function Banners() {
  const offline = useConnection() === "offline";
  const session = useSession();
  const practising = useTenant().tenants.includes(PRACTICE_TENANT);
  return (
    <div className="banners">
      <div role="status">
        {offline ? (
          <p className="banner tone-box-wait">
            <ToneShape tone="wait" />
            <span>
              <b>{SHELL.offline}</b> {SHELL.offlineHint}
            </span>
          </p>
        ) : null}
      </div>
      {practising ? (
        <section className="banner tone-box-wait" aria-label={SHELL.practice.mark}>
          <ToneShape tone="wait" />
          <span>
            <b>{SHELL.practice.mark}.</b> {SHELL.practice.text}{" "}
            <Link href="/setup?rehearse=1">{SHELL.practice.room}</Link>
          </span>
        </section>
      ) : null}
      {session.data?.read_only ? (
        <p className="banner tone-box-none">
          <ToneShape tone="none" />
          <span>
            {SHELL.readOnly}
            {session.data.until === null ? null : (
              <span className="quiet">
                {" "}
                {SHELL.readOnlyUntil} <When at={session.data.until} exact />
              </span>
            )}
          </span>
        </p>
      ) : null}
    </div>
  );
}
