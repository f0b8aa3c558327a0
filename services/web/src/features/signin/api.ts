import { problemOf, Unreachable } from "@/shared/api/client";

export interface DemoPerson {
  user: string;
  name: string;
  roles: string[];
  store: string | null;
}

// These two routes exist in the local mode alone, so they are no part of the public document.

/** Whom one can sign in as. Throws `Problem` or `Unreachable`. */
export async function demoPeople(): Promise<DemoPerson[]> {
  return (await (await asked("/dev/users")).json()).items;
}

/** A token for a demo person. Throws `Problem` or `Unreachable`. */
export async function signIn(user: string): Promise<string> {
  const answer = await asked("/dev/login", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ user }),
  });
  return (await answer.json()).token;
}

async function asked(path: string, init?: RequestInit): Promise<Response> {
  const answer = await fetch(path, init).catch((error: unknown) => {
    throw new Unreachable(String(error));
  });
  if (!answer.ok) throw await problemOf(answer);
  return answer;
}
