import { Alert, Container, Group, SimpleGrid, Stack, Text, Title, UnstyledButton } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import { getLastSessionEnd, startSession } from "@/shared/session/session";
import { LoadError, Loading } from "@/shared/ui/states";
import { useTitle } from "@/shared/ui/useTitle";

import { type DemoPerson, fetchDemoPeople, signIn } from "./api";
import { signInKeys } from "./keys";
import classes from "./SignIn.module.css";

/** Who enters: in the local mode one of the demo people. */
export function SignIn() {
  const { t } = useTranslation();
  useTitle(t("signIn.title"));
  const people = useQuery({
    queryKey: signInKeys.demoPeople(),
    queryFn: ({ signal }) => fetchDemoPeople(signal),
  });
  const entering = useMutation({ mutationFn: signIn, onSuccess: startSession });
  const failed = people.error ?? entering.error;
  return (
    <Container size="md" py="xl" component="main">
      <Group gap="sm" mb="md">
        <img src="/icon.svg" alt="" width="40" height="40" />
        <Title order={1}>{t("signIn.title")}</Title>
      </Group>
      {getLastSessionEnd() === "expired" && (
        <Alert mb="md" color="warning" role="alert">
          {t("signIn.expired")}
        </Alert>
      )}
      {people.isPending && <Loading />}
      {failed && <LoadError error={failed} onRetry={() => void people.refetch()} />}
      {people.data && (
        <Stack>
          <Text>{t("signIn.intro")}</Text>
          {groupByStore(people.data).map(([store, members]) => (
            <section key={store} aria-label={store || t("signIn.support")}>
              <Text fw={600} mb={4}>
                {store || t("signIn.support")}
              </Text>
              <SimpleGrid cols={{ base: 1, xs: 3 }} spacing="xs" verticalSpacing="xs">
                {members.map((person) => (
                  <UnstyledButton
                    key={person.user}
                    className={classes.person}
                    onClick={() => entering.mutate(person.user)}
                    disabled={entering.isPending}
                    aria-label={t("signIn.enter", { name: person.name })}
                  >
                    <Text fw={600}>{person.name}</Text>
                    <Text size="sm" c="dimmed">
                      {person.roles.map((role) => t(`roles.${role}`)).join(", ") || t("roles.none")}
                    </Text>
                  </UnstyledButton>
                ))}
              </SimpleGrid>
            </section>
          ))}
        </Stack>
      )}
    </Container>
  );
}

function groupByStore(people: DemoPerson[]): [string, DemoPerson[]][] {
  const groups = new Map<string, DemoPerson[]>();
  for (const person of people) {
    const store = person.store ?? "";
    groups.set(store, [...(groups.get(store) ?? []), person]);
  }
  return [...groups];
}
