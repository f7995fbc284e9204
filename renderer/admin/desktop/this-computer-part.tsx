// Settings of the desktop app on this computer: starting at sign-in, version, updates. Shown only inside its window.
import { Button, Switch } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type {
  DesktopBridge,
  LoginItemChange,
  UpdateAct,
  UpdateState,
} from "../../../shared/desktop-contract.ts";
import { Facts } from "../kit/facts.tsx";
import { noticeFailed } from "../kit/notices.tsx";
import { Panel } from "../kit/panel.tsx";
import { DESKTOP } from "../texts/desktop.ts";
import { desktopBridge } from "./desktop-bridge.ts";

export function ThisComputerPart() {
  const bridge = desktopBridge();
  if (bridge === undefined) return null;
  return (
    <>
      <StartPanel bridge={bridge} />
      <AppPanel bridge={bridge} />
    </>
  );
}

const LOGIN_ITEM = ["desktop", "login-item"];

function StartPanel({ bridge }: { readonly bridge: DesktopBridge }) {
  const client = useQueryClient();
  const item = useQuery({ queryKey: LOGIN_ITEM, queryFn: () => bridge.loginItem() });
  const change = useMutation({
    mutationFn: (next: LoginItemChange) => bridge.setLoginItem(next),
    onSuccess: (now) => client.setQueryData(LOGIN_ITEM, now),
    onError: noticeFailed,
  });
  const { openAtLogin = false, hidden = false, problem = null } = item.data ?? {};
  const off = item.data === undefined || problem !== null || change.isPending;
  return (
    <Panel title={DESKTOP.start}>
      <div className="stack-form">
        <p>{DESKTOP.startText}</p>
        <Switch
          label={DESKTOP.atLogin}
          checked={openAtLogin}
          disabled={off}
          onChange={(event) => change.mutate({ openAtLogin: event.currentTarget.checked, hidden })}
        />
        <Switch
          label={DESKTOP.hidden}
          description={DESKTOP.hiddenText}
          checked={hidden}
          disabled={off || !openAtLogin}
          onChange={(event) => change.mutate({ openAtLogin, hidden: event.currentTarget.checked })}
        />
        {problem === null ? null : <p className="quiet">{problem}</p>}
        {item.error === null ? null : <p role="alert">{item.error.message}</p>}
      </div>
    </Panel>
  );
}

const UPDATES = ["desktop", "updates"];
/** What a person decides in each state; in the others there is nothing to decide. */
const ACTS: Partial<Record<UpdateState["state"], UpdateAct>> = {
  available: "fetch",
  ready: "install",
  failed: "look",
};

function UpdateButton({
  bridge,
  state,
}: {
  readonly bridge: DesktopBridge;
  readonly state: UpdateState["state"];
}) {
  const client = useQueryClient();
  const step = useMutation({
    mutationFn: (act: UpdateAct) => bridge.stepUpdate(act),
    onSuccess: (now) => client.setQueryData(UPDATES, now),
    onError: noticeFailed,
  });
  const act = ACTS[state];
  if (act === undefined) return null;
  return (
    <Button loading={step.isPending} onClick={() => step.mutate(act)}>
      {DESKTOP.update[state as keyof typeof DESKTOP.update]}
    </Button>
  );
}

function AppPanel({ bridge }: { readonly bridge: DesktopBridge }) {
  const about = useQuery({ queryKey: ["desktop", "about"], queryFn: () => bridge.about() });
  const updates = useQuery({
    ...{ queryKey: UPDATES, queryFn: () => bridge.updates() },
    refetchInterval: ({ state }) => (state.data?.state === "looking" ? 1_000 : false),
  });
  if (about.data === undefined) return null;
  const { version, electron, chromium, packaged, dataFolder } = about.data;
  return (
    <Panel title={DESKTOP.app}>
      <Facts
        rows={[
          [DESKTOP.version, packaged ? version : `${version} (${DESKTOP.checkout})`],
          [DESKTOP.engine, DESKTOP.engineOf(electron, chromium)],
          [DESKTOP.folder, <code key="f">{dataFolder}</code>],
          [
            DESKTOP.updates,
            <span key="u" role="status">
              {updates.data?.sentence ?? ""}
            </span>,
          ],
        ]}
      />
      {updates.data === undefined ? null : <UpdateButton bridge={bridge} state={updates.data.state} />}
    </Panel>
  );
}
