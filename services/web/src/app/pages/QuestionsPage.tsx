import { PlansWithTickets } from "@/features/plan/PlansWithTickets";
import { QuestionsScreen } from "@/features/questions/QuestionsScreen";
import type { Origin } from "@/shared/api/types";

// One element for all, so that a card is not drawn anew for it.
const PLANS = <PlansWithTickets />;

/** The questions of a module; whose ratings have to wait for a ticket sees which plans have some. */
export function QuestionsPage({ origin }: { origin: Origin }) {
  return <QuestionsScreen origin={origin} plans={PLANS} />;
}
