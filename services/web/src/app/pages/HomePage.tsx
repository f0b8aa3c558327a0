import { Navigate } from "react-router";

import { useMe } from "@/shared/session/currentUser";
import { isSupport } from "@/shared/session/roles";
import { Loading } from "@/shared/ui/states";

/** Where one begins: support at the tickets, a store at its answered questions. */
export function HomePage() {
  const me = useMe();
  if (me.isPending) return <Loading />;
  return <Navigate to={isSupport(me.data?.roles) ? "/tickets" : "/historico"} replace />;
}
