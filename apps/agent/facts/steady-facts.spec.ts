import { steadyFacts } from './steady-facts.js';

describe('the facts of a node that is left alone', () => {
  const at = (minute: number) => ({
    kernel: 'Linux',
    load_averages: { '1m': minute },
    system_uptime: { seconds: minute * 60 },
    uptime: `0:${minute} hours`,
    memory: {
      system: { total: '8 GiB', total_bytes: 8, used_bytes: minute, available: `${minute} B`, capacity: `${minute}%` },
    },
    mountpoints: { '/': { device: '/dev/vda1', size_bytes: 100, used: `${minute} B`, available_bytes: minute } },
    processors: { count: 2, speed: `${minute} GHz` },
    disks: { vda: { size_bytes: 100 } },
  });

  it('stay the same while it is used', () => {
    expect(steadyFacts(at(1))).toEqual(steadyFacts(at(2)));
  });

  it('tell all that stays', () => {
    expect(steadyFacts(at(1))).toEqual({
      kernel: 'Linux',
      memory: { system: { total: '8 GiB', total_bytes: 8 } },
      mountpoints: { '/': { device: '/dev/vda1', size_bytes: 100 } },
      processors: { count: 2 },
      disks: { vda: { size_bytes: 100 } },
    });
  });

  it('may have any shape', () => {
    const facts = { memory: null, mountpoints: [{ used: 1 }], processors: 'two' };
    expect(steadyFacts(facts)).toEqual(facts);
  });
});
