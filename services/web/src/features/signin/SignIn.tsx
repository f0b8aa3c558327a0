import { Alert, Button, Container, Group, Stack, Text, Title } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import { problemOf } from "@/api/client";
import { ending, startSession } from "@/app/session";
import { Failed, Loading } from "@/ui/states";

interface DemoPerson {
  user: string;
  name: string;
  roles: string[];
  store: string | null;
}

// These two routes exist in the local mode alone, so they are no part of the public document.
async function demoPeople(): Promise<DemoPerson[]> {
  const answer = await fetch("/dev/users");
  if (!answer.ok) throw await problemOf(answer);
  return (await answer.json()).items;
}

async function signIn(user: string): Promise<string> {
  const answer = await fetch("/dev/login", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ user }),
  });
  if (!answer.ok) throw await problemOf(answer);
  return (await answer.json()).token;
}

export function SignIn() {
  const { t } = useTranslation();
  const people = useQuery({ queryKey: ["demo-people"], queryFn: demoPeople });
  const entering = useMutation({ mutationFn: signIn, onSuccess: startSession });
  if (people.isPending) return <Loading />;
  return (
    <Container size="xs" py="xl" component="main">
      <Title order={1} mb="md">
        {t("signIn.title")}
      </Title>
      {ending() === "expired" && (
        <Alert mb="md" color="yellow" role="alert">
          {t("signIn.expired")}
        </Alert>
      )}
      {people.isError ? (
        <Failed detail={people.error.message} onRetry={() => void people.refetch()} />
      ) : (
        <Stack gap="xs">
          <Text>{t("signIn.intro")}</Text>
          {people.data.map((person) => (
            <Button
              key={person.user}
              variant="default"
              h="auto"
              py="xs"
              onClick={() => entering.mutate(person.user)}
              aria-label={t("signIn.enter", { name: person.name })}
            >
              <Group justify="space-between" w="100%">
                <Text fw={600}>{person.name}</Text>
                <Text size="sm">
                  {person.store ?? t("signIn.support")} ·{" "}
                  {person.roles.map((role) => t(`roles.${role}`)).join(", ") || t("roles.none")}
                </Text>
              </Group>
            </Button>
          ))}
        </Stack>
      )}
    </Container>
  );
}
