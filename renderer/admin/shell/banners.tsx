// What holds for the whole window and must not be missed: nobody answers, or nothing can be changed here.
import { ToneShape } from "../kit/state-badge.tsx";
import { When } from "../kit/when.tsx";
import { SHELL } from "../texts/shell.ts";
import { useConnection } from "./connection.tsx";
import { useSession } from "./session.tsx";

export function Banners() {
  const offline = useConnection() === "offline";
  const session = useSession();
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
