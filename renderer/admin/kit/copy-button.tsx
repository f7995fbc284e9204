// Copies a text and says so, to the eye and the ear.
import { ActionIcon, Button, Tooltip } from "@mantine/core";
import { useEffect, useState } from "react";
import { KIT } from "../texts/kit.ts";
import { Icon } from "./icon.tsx";

/** False where the browser does not let us; the text stays selectable. */
async function copy(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}

/** `what` is named for the ear: "Copy embed address". `labelled` shows the word beside the drawing. */
export function CopyButton({
  value,
  what,
  labelled = false,
}: {
  readonly value: string;
  readonly what: string;
  readonly labelled?: boolean;
}) {
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), 1600);
    return () => clearTimeout(timer);
  }, [copied]);
  const label = copied ? KIT.copied : KIT.copyOf(what);
  const icon = <Icon name={copied ? "check" : "copy"} size={16} />;
  const act = () => void copy(value).then(setCopied);
  return (
    <>
      {labelled ? (
        <Button variant="default" size="xs" leftSection={icon} aria-label={label} onClick={act}>
          {copied ? KIT.copied : KIT.copy}
        </Button>
      ) : (
        <Tooltip label={label}>
          <ActionIcon variant="subtle" color="gray" size="sm" aria-label={label} onClick={act}>
            {icon}
          </ActionIcon>
        </Tooltip>
      )}
      <span role="status" className="sr-only">
        {copied ? KIT.copied : ""}
      </span>
    </>
  );
}
