// What a room shows before and instead of its data: loading, empty, failed.
import { Skeleton } from "@mantine/core";
import type { UseQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { KIT } from "../texts/kit.ts";
import { Failure } from "./problem.tsx";

export function Loading({ lines = 4 }: { readonly lines?: number }) {
  return (
    <div className="stack" aria-busy="true">
      <span className="sr-only" role="status">
        {KIT.loading}
      </span>
      {Array.from({ length: lines }, (_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: they are all the same
        <Skeleton key={index} height={16} width={`${92 - ((index * 17) % 40)}%`} radius="sm" />
      ))}
    </div>
  );
}

/** Says what will appear here and the step that makes it appear. */
export function Empty({
  title,
  text,
  children,
}: {
  readonly title: string;
  readonly text?: ReactNode;
  readonly children?: ReactNode;
}) {
  return (
    <div className="empty">
      <p className="empty-title">{title}</p>
      {text === undefined ? null : <p className="quiet">{text}</p>}
      {children}
    </div>
  );
}

/** Loading and failed once for every read: `<Loaded of={query}>{(data) => …}</Loaded>`. Old data stays while it fails. */
export function Loaded<T>({
  of: query,
  lines,
  children,
}: {
  readonly of: UseQueryResult<T>;
  readonly lines?: number;
  readonly children: (data: T) => ReactNode;
}) {
  if (query.data !== undefined) return <>{children(query.data)}</>;
  if (query.error !== null) return <Failure error={query.error} retry={() => void query.refetch()} />;
  return <Loading {...(lines === undefined ? {} : { lines })} />;
}
