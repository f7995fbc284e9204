// Instead of everything: this browser was not let in, or is no longer.
import { Button } from "@mantine/core";
import { Icon } from "../kit/icon.tsx";
import { SHELL } from "../texts/shell.ts";

export function LockedPage({ expired }: { readonly expired: boolean }) {
  const words = SHELL.locked;
  return (
    <main className="locked">
      <Icon name="lock" size={32} />
      <h1>{expired ? words.expired : words.title}</h1>
      <p>{expired ? words.expiredNote : words.first}</p>
      {expired ? null : <p className="quiet">{words.firstNote}</p>}
      <Button variant="default" onClick={() => location.reload()}>
        {words.again}
      </Button>
    </main>
  );
}
