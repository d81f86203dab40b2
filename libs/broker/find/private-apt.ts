/**
 * Settings with which apt keeps all that it writes in a folder. A file given by -c is read after the machine's own, so
 * proxies stay and hooks that touch the system can be cleared. As root apt would download as another user, who cannot
 * enter our folder.
 */
export const privateApt = (dir: string) => `
#clear APT::Update::Pre-Invoke;
#clear APT::Update::Post-Invoke;
#clear APT::Update::Post-Invoke-Success;
Dir::State::Lists "${dir}/lists";
Dir::Cache "${dir}/cache";
APT::Sandbox::User "root";
APT::Get::AllowUnauthenticated "false";
Acquire::AllowInsecureRepositories "false";
Acquire::AllowDowngradeToInsecureRepositories "false";
Acquire::Languages "none";
Acquire::Retries "1";
Acquire::http::Timeout "15";
Acquire::https::Timeout "15";
`;
