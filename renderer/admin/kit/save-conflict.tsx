// Two consoles changed the same settings: says what the other one changed, next to mine, before anything is lost.
import { Button, Modal, Table } from "@mantine/core";
import { z } from "zod";
import { KIT } from "../texts/kit.ts";
import { ApiError } from "./api.ts";

const words = KIT.conflict;
const detailsSchema = z.object({
  changed: z.array(z.object({ path: z.string(), theirs: z.unknown().optional() })),
});
export type Changed = z.infer<typeof detailsSchema>["changed"][number];

/** What was changed meanwhile; null for every other error. */
export function conflictOf(error: Error | null): readonly Changed[] | null {
  if (!(error instanceof ApiError) || error.code !== "settings_changed") return null;
  return detailsSchema.safeParse(error.details).data?.changed ?? [];
}

const say = (value: unknown): string => {
  if (value === undefined || value === null || value === "") return KIT.none;
  return typeof value === "string" ? value : JSON.stringify(value);
};

/** `mineOf` gives my value of a path in words, null where I changed nothing; `nameOf` says a path to people. */
export function SaveConflict(props: {
  readonly changed: readonly Changed[] | null;
  readonly nameOf: (path: string) => string;
  readonly mineOf: (path: string) => string | null;
  readonly onKeepMine: () => void;
  readonly onTakeTheirs: () => void;
  readonly onClose: () => void;
}) {
  return (
    <Modal opened={props.changed !== null} onClose={props.onClose} title={words.title} size="lg">
      <p>{words.text}</p>
      <Table mt="md">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{words.path}</Table.Th>
            <Table.Th>{words.theirs}</Table.Th>
            <Table.Th>{words.yours}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {(props.changed ?? []).map(({ path, theirs }) => (
            <Table.Tr key={path}>
              <Table.Td>{props.nameOf(path)}</Table.Td>
              <Table.Td dir="auto">{theirs === undefined ? words.secret : say(theirs)}</Table.Td>
              <Table.Td dir="auto">{props.mineOf(path) ?? KIT.none}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      <div className="modal-actions">
        <Button variant="default" onClick={props.onTakeTheirs}>
          {words.takeTheirs}
        </Button>
        <Button onClick={props.onKeepMine}>{words.keepMine}</Button>
      </div>
    </Modal>
  );
}
