import type { Effect } from './index.js';
import { outcomes, runPlans } from './testing/run-plans.js';

const ROLLOUT = `
description: Restarts a service, first on a few nodes, then on the rest in groups
parameters:
  targets:
    type: TargetSpec
    description: Nodes
  service:
    type: Pattern[/\\A[a-z]+\\z/]
  canaries:
    type: Integer[1]
    default: 1
  token:
    type: Optional[Sensitive[String[1]]]

steps:
  - name: split
    eval: |
      $nodes = $targets.get_targets
      canary::random_split($nodes, $canaries)

  - name: canary
    plan: service::restart
    targets: $split[0]
    parameters:
      service: $service
    catch_errors: true

  - eval: |
      case $canary {
        # The others are left alone.
        Error: { fail_plan("canary failed: \${canary.msg}", 'rollout/canary', { 'canaries' => $split[0] }) }
        default: { true }
      }

  - name: groups
    description: Two at a time
    eval: |
      $split[1].slice(2).map |$group| {
        $names = $group.map |$target| { $target.name }.join(' and ')
        out::message("restarts \${service} on \${names}")
        $restarted = catch_errors(['bolt/run-failure']) || {
          run_plan('service::restart', $group, 'service' => $service)
        }
        if $restarted =~ Error {
          $failed = $restarted.details['result_set'].error_set
          log::warn("failed on \${failed.names.join(', ')}")
          next($failed.names)
        }
        []
      }

  - name: report
    task: report::send
    targets: localhost
    parameters:
      failed: $groups.flatten
      token: $token
      text: "\${service}: \${groups.flatten.length} of \${targets.get_targets.length} failed"

return:
  failed: $groups.flatten.sort
  sent: $report.ok
`;

const RESTART = `
private: true
parameters:
  targets: {type: TargetSpec}
  service: {type: String}
steps:
  - name: restarted
    task: service
    targets: $targets
    parameters: {name: $service, action: restart}
  - name: up
    eval: |
      ctrl::do_until('limit' => 3, 'interval' => 5) || {
        $status = run_command("systemctl is-active \${service}", $restarted.ok_set.targets, '_catch_errors' => true)
        $status.all |$each| { $each['stdout'] =~ /^active/ }
      }
return: $up
`;

const files = { rollout: ROLLOUT, 'service::restart': RESTART };
const params = { targets: ['n1', 'n2', 'n3', 'n4', 'n5,n6'], service: 'nginx', token: 'hunter2' };

/** Nodes whose service does not restart; the command says "active" from the second time on. */
function answering(broken: readonly string[]) {
  const asked = new Map<string, number>();
  return (effect: Effect): unknown => {
    if (effect.kind !== 'run') return undefined;
    if (effect.action === 'task' && effect.task === 'service') {
      return outcomes(effect, (name) => (broken.includes(name) ? { _error: { kind: 'x', msg: 'masked' } } : {}));
    }
    return outcomes(effect, (name) => {
      asked.set(name, (asked.get(name) ?? 0) + 1);
      return { stdout: asked.get(name) === 1 ? 'activating' : 'active' };
    });
  };
}

const short = (effect: Effect) =>
  effect.kind === 'run'
    ? `${effect.action} ${effect.targets.length}`
    : effect.kind === 'message'
      ? effect.text
      : effect.kind;

describe('a rollout', () => {
  it('goes from a canary to the rest, group by group', () => {
    const { effects, ending } = runPlans(files, params, answering([]));
    expect(ending).toEqual({ state: 'success', result: { failed: [], sent: true } });
    const one = (size: number) => [
      'plan-started',
      `task ${size}`,
      `command ${size}`,
      'sleep',
      `command ${size}`,
      'evaluated',
      'plan-ended',
    ];
    const told = effects.map(short);
    expect(told.slice(0, 10)).toEqual([
      'evaluated',
      ...one(1),
      'evaluated',
      expect.stringMatching(/^restarts nginx on n\d and n\d$/),
    ]);
    expect(told.filter((each) => each === 'task 2')).toHaveLength(2);
    expect(told.at(-1)).toBe('task 1');
  });

  it('tells of failures at the end, and keeps the token where it belongs', () => {
    const { effects, ending } = runPlans(files, params, answering(['n2', 'n5']), 'seed 3');
    const all = JSON.stringify({ effects, ending });
    expect(all.split('hunter2')).toHaveLength(2);
    expect(effects.at(-1)).toMatchObject({ params: { token: 'hunter2' }, sensitive: ['token'] });
    expect(ending).toEqual({ state: 'success', result: { failed: ['n2', 'n5'], sent: true } });
  });

  it('ends where the canary fails', () => {
    const { effects, ending } = runPlans(files, { ...params, canaries: 6 }, answering(['n3']));
    expect(ending).toMatchObject({
      state: 'failure',
      error: { kind: 'rollout/canary', msg: "canary failed: run_task 'service' failed on 1 target" },
    });
    expect(effects.filter(({ kind }) => kind === 'run')).toHaveLength(1);
  });
});
