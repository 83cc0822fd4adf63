/** Access tokens: seen, made and revoked by administrators. */
import { tokens, type Token as TokenRow } from '@ritz/database';
import { reading } from '../input/badInput.ts';
import { builder } from '../builder.ts';
import { payloadType } from '../input/payloadType.ts';
import { payload } from '../input/userError.ts';
import { TokenScope } from '../types/enums.ts';

const about = {
  name: 'Its purpose, such as the name of a user or a machine.',
  scope: 'What its holder may do.',
};

const Token = builder.objectRef<TokenRow>('Token').implement({
  description: 'An access token. Its secret is shown once, when it is made, and stored nowhere.',
  fields: (t) => ({
    id: t.exposeID('id', { description: 'UUID, to revoke it by.' }),
    name: t.exposeString('name', { description: about.name }),
    scope: t.expose('scope', { type: TokenScope, description: about.scope }),
    projectName: t.exposeString('projectName', {
      nullable: true,
      description: 'Name of the one project it is for; null = every project.',
    }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was made.' }),
    lastUsedAt: t.expose('lastUsedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When it was last used, to the minute; null = never.',
    }),
    revokedAt: t.expose('revokedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When it was revoked; null = it can be used.',
    }),
  }),
});

builder.queryField('tokens', (t) =>
  t.field({
    type: [Token],
    description: 'The tokens of the projects that the caller sees, oldest first, revoked ones too. Needs scope ADMIN.',
    resolve: (_root, _arguments, { database }) => reading(() => tokens.list(database)),
  }),
);

const CreateTokenInput = builder.inputType('CreateTokenInput', {
  description: 'The token to make.',
  fields: (t) => ({
    name: t.string({ required: true, description: about.name }),
    scope: t.field({ type: TokenScope, required: true, description: about.scope }),
    project: t.string({
      description: 'Name of the one project it is for, which is created if it is new; null = every project.',
    }),
  }),
});

interface CreatedToken {
  readonly token: TokenRow | null;
  readonly secret: string | null;
}

const CreateTokenPayload = payloadType<CreatedToken>('createToken', (t) => ({
  token: t.expose('token', {
    type: Token,
    nullable: true,
    description: 'The token; null if there are `userErrors`.',
  }),
  secret: t.exposeString('secret', {
    nullable: true,
    description:
      'What its holder sends as `Authorization: Bearer …`. Keep it now: it is never shown again. null if there are `userErrors`.',
  }),
}));

builder.mutationField('createToken', (t) =>
  t.field({
    type: CreateTokenPayload,
    description: 'Creates a token. Needs scope ADMIN; creating a token for every project requires such a token.',
    args: { input: t.arg({ type: CreateTokenInput, required: true, description: 'The token.' }) },
    resolve: (_root, { input }, { database }) =>
      payload(() => tokens.create(database, input), { token: null, secret: null }),
  }),
);

const RevokeTokenInput = builder.inputType('RevokeTokenInput', {
  description: 'The token to revoke.',
  fields: (t) => ({ id: t.id({ required: true, description: 'UUID of the token.' }) }),
});

interface RevokedToken {
  readonly token: TokenRow | null;
}

const RevokeTokenPayload = payloadType<RevokedToken>('revokeToken', (t) => ({
  token: t.expose('token', {
    type: Token,
    nullable: true,
    description: 'The token as it is now; null if there are `userErrors`.',
  }),
}));

builder.mutationField('revokeToken', (t) =>
  t.field({
    type: RevokeTokenPayload,
    description: 'Permanently revokes a token. Revoking it again changes nothing. Needs scope ADMIN.',
    args: { input: t.arg({ type: RevokeTokenInput, required: true, description: 'The token.' }) },
    resolve: (_root, { input }, { database }) =>
      payload(async () => ({ token: await tokens.revoke(database, input.id) }), { token: null }),
  }),
);
