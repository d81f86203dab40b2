import { osFact } from './os-fact.js';

describe('the fact os', () => {
  it.each([
    ['ID=debian\nVERSION_ID="12"\n', '12.11\n', 'Debian', 'Debian', { full: '12.11', major: '12', minor: '11' }],
    ['ID=debian\nNAME="Debian GNU/Linux"\n', 'trixie/sid\n', 'Debian', 'Debian', {}],
    [
      'ID=ubuntu\nID_LIKE=debian\nVERSION_ID="24.04"\n',
      'trixie/sid\n',
      'Ubuntu',
      'Debian',
      { full: '24.04', major: '24.04' },
    ],
    [
      'ID="rocky"\nID_LIKE="rhel centos fedora"\nVERSION_ID="9.4"\n',
      '',
      'Rocky',
      'RedHat',
      { full: '9.4', major: '9', minor: '4' },
    ],
    [
      "NAME='Own Linux'\nID=own\nID_LIKE='other debian'\nVERSION_ID=7\n",
      '',
      'Own Linux',
      'Debian',
      { full: '7', major: '7' },
    ],
  ])('of %j is as Facter has it', (osRelease, debianVersion, name, family, release) => {
    expect(osFact(osRelease, debianVersion)).toMatchObject({ name, family, release });
  });
});
