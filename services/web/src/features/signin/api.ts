import { createApiClient, unwrap } from "@/shared/api/client";
import type { Role } from "@/shared/session/roles";

export interface DemoPerson {
  user: string;
  name: string;
  roles: Role[];
  store: string | null;
}

type Json<Body> = { content: { "application/json": Body } };

/** These two routes exist in the local mode alone, so they are no part of the public document. */
interface DevelopmentPaths {
  "/dev/users": { get: { responses: { 200: Json<{ items: DemoPerson[] }> } } };
  "/dev/login": {
    post: { requestBody: Json<{ user: string }>; responses: { 200: Json<{ token: string }> } };
  };
}

const developmentApi = createApiClient<DevelopmentPaths>();

/** Whom one can sign in as. Throws `Problem` or `Unreachable`. */
export async function fetchDemoPeople(signal: AbortSignal): Promise<DemoPerson[]> {
  return (await unwrap(developmentApi.GET("/dev/users", { signal }))).items;
}

/** A token for a demo person. Throws `Problem` or `Unreachable`. */
export async function signIn(user: string): Promise<string> {
  return (await unwrap(developmentApi.POST("/dev/login", { body: { user } }))).token;
}
