import type { InboxEvent } from "@/core/events/inbox-event";
import type { MemberId, WorkspaceId } from "@/core/ids";

/** An accepted event on its way to its member. */
export type InboxRow = { id: number; workspace: WorkspaceId; member: MemberId; event: InboxEvent };
