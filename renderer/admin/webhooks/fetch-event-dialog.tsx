// One event that never came, asked for by its id.
import { Button, Modal, NativeSelect, TextInput } from "@mantine/core";
import { useState } from "react";
import { z } from "zod";
import { goTo } from "../kit/hash-route.ts";
import { noticeDone } from "../kit/notices.tsx";
import { Failure } from "../kit/problem.tsx";
import { useChange } from "../kit/use-read.ts";
import { useTenant } from "../shell/tenant.tsx";
import { KIT } from "../texts/kit.ts";
import { FETCH, WEBHOOKS } from "../texts/webhooks.ts";
import { deliveryRoute } from "./webhook-routes.ts";

const fetchedSchema = z.object({ id: z.number(), known: z.boolean() });

export function FetchEventDialog({
  opened,
  onClose,
}: {
  readonly opened: boolean;
  readonly onClose: () => void;
}) {
  return (
    <Modal opened={opened} onClose={onClose} title={FETCH.title}>
      <FetchForm onClose={onClose} />
    </Modal>
  );
}

function FetchForm({ onClose }: { readonly onClose: () => void }) {
  const { one, tenants } = useTenant();
  const [tenant, setTenant] = useState(one ?? "");
  const [eventId, setEventId] = useState("");
  const [account, setAccount] = useState("");
  const fetching = useChange(fetchedSchema, ["/deliveries"]);
  const act = (): void =>
    fetching.mutate(
      { path: "/deliveries/fetch", body: { tenant, account: account.trim(), event_id: eventId.trim() } },
      {
        onSuccess: ({ id, known }) => {
          noticeDone(known ? FETCH.known : FETCH.found);
          onClose();
          goTo(deliveryRoute(id));
        },
      },
    );
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (eventId.trim() !== "") act();
      }}
    >
      <div className="stack-form">
        <p>{FETCH.text}</p>
        {tenants.length > 1 ? (
          <NativeSelect
            label={WEBHOOKS.fields.tenant}
            data={[...tenants]}
            value={tenant}
            onChange={(event) => setTenant(event.currentTarget.value)}
          />
        ) : null}
        <TextInput
          label={FETCH.eventId}
          description={FETCH.eventIdHint}
          required
          data-autofocus
          maxLength={100}
          value={eventId}
          onChange={(event) => setEventId(event.currentTarget.value)}
        />
        <TextInput
          label={FETCH.account}
          description={FETCH.accountHint}
          maxLength={32}
          value={account}
          onChange={(event) => setAccount(event.currentTarget.value)}
        />
        {fetching.error === null ? null : <Failure error={fetching.error} />}
      </div>
      <div className="modal-actions">
        <Button variant="default" onClick={onClose}>
          {KIT.close}
        </Button>
        <Button type="submit" loading={fetching.isPending}>
          {FETCH.act}
        </Button>
      </div>
    </form>
  );
}
