import { Navigate } from "react-router";

import { Loading } from "@/shared/ui/states";

import { isSupport, useMe } from "@/shared/session/currentUser";

/** Where one begins: support at the tickets, a store at its answered questions. */
export function Start() {
  const me = useMe();
  if (me.isPending) return <Loading />;
  return <Navigate to={isSupport(me.data?.roles) ? "/tickets" : "/historico"} replace />;
}
