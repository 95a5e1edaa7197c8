/** An option of a command and the key of the admin function's input that it fills. */
export interface AdminOption {
  /** As the command line writes it, such as `--slug <slug>`. */
  readonly flags: string;
  readonly key: string;
  readonly description: string;
  readonly required: boolean;
  readonly kind: 'text' | 'number' | 'list' | 'secret' | 'switch';
  readonly choices?: readonly string[];
}

/** A text that must be given. */
export function required(flags: string, key: string, description: string): AdminOption {
  return { flags, key, description, required: true, kind: 'text' };
}

/** A text that may be given. */
export function optional(flags: string, key: string, description: string): AdminOption {
  return { ...required(flags, key, description), required: false };
}

/** A number that must be given. */
export function numeric(flags: string, key: string, description: string): AdminOption {
  return { ...required(flags, key, description), kind: 'number' };
}

/** `true` or `false`, which may be given. */
export function onOrOff(flags: string, key: string, description: string): AdminOption {
  return { ...optional(flags, key, description), kind: 'switch', choices: ['true', 'false'] };
}

/** A text that may be given several times. */
export function listOf(flags: string, key: string, description: string): AdminOption {
  return { ...optional(flags, key, description), kind: 'list' };
}

/** A text that should not end up in the shell's history: `-` reads it from standard input. */
export function secret(flags: string, key: string, description: string): AdminOption {
  return { ...required(flags, key, `${description}; - reads it from standard input`), kind: 'secret' };
}

/** The name in addresses. */
export function slug(flag: string, key: string, options: { readonly optional?: true } = {}): AdminOption {
  const description = key === 'slug' ? 'short name in addresses, such as acme' : `slug of the ${key}`;
  return { ...required(`${flag} <slug>`, key, description), required: options.optional !== true };
}

/** An e-mail address that must be given. */
export function email(description: string): AdminOption {
  return required('--email <email>', 'email', description);
}

/** The organization that a command works on. */
export const organization: AdminOption = slug('--organization', 'organization');
