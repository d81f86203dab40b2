/** Subjects of an app that takes its jobs by subscription; `app` may be `*`, for all of them. */
export const appSubjects = (app: string) => {
  // All that an app's id may consist of stands for itself in a subject, but for the dot, which would divide it.
  const token = app.replaceAll('.', '%2E');
  return {
    /** A run's data → nothing, or `{"status": "SUCCESS" | "RETRY" | "DROP"}`. Several of one app subscribe as a queue group. */
    jobs: `daybook.apps.${token}.jobs`,
    /** Says that the app is there; what waits for it is sent at once. */
    here: `daybook.apps.${token}.here`,
  };
};

/** The app that a subject belongs to. */
export function appOf(subject: string): string {
  return subject.split('.')[2]!.replaceAll('%2E', '.');
}

/** All that an app may do on NATS, in the words of nats-server. */
export function appPermissions(app: string) {
  const { jobs, here } = appSubjects(app);
  return { publish: here, subscribe: [jobs, `${jobs} jobs`], allow_responses: true };
}
