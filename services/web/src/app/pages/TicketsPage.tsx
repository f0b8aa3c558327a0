import { useStaff } from "@/features/support/api";
import { BulkActionBar } from "@/features/support/BulkActionBar";
import { TicketsScreen } from "@/features/tickets/list/TicketsScreen";
import { useMe } from "@/shared/session/currentUser";
import { isSupport } from "@/shared/session/roles";

/** The list of tickets; support filters by assignee too and acts on many at once. */
export function TicketsPage() {
  const support = isSupport(useMe().data?.roles);
  const assignees = useStaff(support).data?.items ?? [];
  return <TicketsScreen supportTools={support ? { assignees, BulkActions: BulkActionBar } : undefined} />;
}
