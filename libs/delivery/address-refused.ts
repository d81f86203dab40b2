/** An app's address leads to where nothing is sent. */
export class AddressRefused extends Error {
  override readonly name = 'AddressRefused';
}
