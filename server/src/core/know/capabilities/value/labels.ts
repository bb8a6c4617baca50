/** Where data comes from, as bits: flows of one into a call are what tells an attack from honest code. */
export const Label = {
  /** The whole environment, or variables picked by a pattern. */
  environment: 1,
  /** A variable that holds a secret by its name. */
  secret: 2,
  /** A path at which tools keep credentials. */
  credentialPath: 4,
  /** The content of such a file, or the answer of a tool that prints credentials. */
  credential: 8,
  /** Who and where the machine is: host name, user, network interfaces. */
  machine: 16,
  /** Made by decoding or decryption. */
  decoded: 32,
  /** Came over the network. */
  remote: 64,
  /** A private key, seed or mnemonic by its name. */
  key: 128,
  clipboard: 256,
  /** What a client sent to a server of this code. */
  request: 512,
  /** Put together from pieces none of which says what it is. */
  pieced: 1024,
  home: 2048,
  temporary: 4096,
  /** Within the folder of the package. */
  own: 8192,
  /** An outgoing socket. */
  socket: 16_384,
  /** A country, address, locale or time zone that was looked up. */
  place: 32_768,
  /** The names of files in a folder. */
  listing: 65_536,
  /** The path of another installed package. */
  package: 131_072,
  /** Reached by a name that was decoded. */
  decodedName: 262_144,
  /** Reached by a name that was put together. */
  piecedName: 524_288,
  /** Made from codes of characters that are not known, as decoders and readers of text do alike. */
  codes: 1_048_576,
  /** Written backwards. */
  reversed: 2_097_152,
  /** The content of a file that is no code, such as an image or an addon. */
  asset: 4_194_304,
  /** What people enter, or all cookies of a page. */
  entered: 8_388_608,
  /** What others pass to a function that this code replaced, or what their requests have. */
  captured: 16_777_216,
  /** A request to a host that the code does not choose. */
  configured: 33_554_432,
  /** The names of all files of the user. */
  userListing: 67_108_864,
  /** Made by a module of others for a host that the code names. */
  client: 134_217_728,
  /** In another encoding. */
  encoded: 268_435_456,
  /** What a program of WebAssembly has. */
  wasm: 536_870_912,
  /** What others pass to a function of another package that this code replaced. */
  wrapped: 1_073_741_824,
} as const;

/** Returns the labels of what is reached by a name with these labels. */
export function labelsOfName(name: number): number {
  return (name & Label.decoded ? Label.decodedName : 0) | (name & Label.pieced ? Label.piecedName : 0);
}

/** Labels of names by which something is reached, which data do not have. */
export const NAMES = Label.decodedName | Label.piecedName;

/** Labels of data that somebody wants to have. */
export const WANTED =
  Label.environment | Label.secret | Label.credential | Label.machine | Label.key | Label.clipboard;

/** Labels of what becomes of a path; contents do not have them. */
export const PATHS =
  Label.credentialPath |
  Label.home |
  Label.temporary |
  Label.own |
  Label.package |
  Label.listing |
  Label.userListing;
