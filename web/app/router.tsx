/** The screens and their addresses. Each screen is a chunk of its own; its state is its address (search.ts). */
import type { QueryClient } from '@tanstack/react-query';
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  retainSearchParams,
} from '@tanstack/react-router';
import { instrumentQuery } from './api.ts';
import { NotFound, RouteFailure } from './failure.tsx';
import {
  parseDaySearch,
  parseIncidentSearch,
  parseMapSearch,
  parseProposeSearch,
  parseRootSearch,
  parseSignInSearch,
} from './search.ts';
import { Shell } from './shell.tsx';

interface RouterContext {
  readonly queryClient: QueryClient;
}

const root = createRootRouteWithContext<RouterContext>()({
  validateSearch: parseRootSearch,
  search: { middlewares: [retainSearchParams(['lang'])] },
  component: Shell,
  notFoundComponent: NotFound,
});

const today = createRoute({
  getParentRoute: () => root,
  path: '/',
  validateSearch: parseDaySearch,
  component: lazyRouteComponent(() => import('../screens/today/today.tsx'), 'TodayScreen'),
});

const map = createRoute({
  getParentRoute: () => root,
  path: '/map',
  validateSearch: parseMapSearch,
  component: lazyRouteComponent(() => import('../screens/map/map-screen.tsx'), 'MapScreen'),
});

const incident = createRoute({
  getParentRoute: () => root,
  path: '/incidents/$id',
  validateSearch: parseIncidentSearch,
  component: lazyRouteComponent(() => import('../screens/incident/incident.tsx'), 'IncidentScreen'),
});

const terms = createRoute({
  getParentRoute: () => root,
  path: '/terms',
  component: lazyRouteComponent(() => import('../screens/terms/terms.tsx'), 'TermsScreen'),
});

const record = createRoute({
  getParentRoute: () => root,
  path: '/record',
  component: lazyRouteComponent(() => import('../screens/record/record.tsx'), 'RecordScreen'),
});

const report = createRoute({
  getParentRoute: () => root,
  path: '/report',
  component: lazyRouteComponent(() => import('../screens/report/report.tsx'), 'ReportScreen'),
});

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/desk/sign-in',
  validateSearch: parseSignInSearch,
  component: lazyRouteComponent(() => import('../screens/desk/sign-in.tsx'), 'SignInScreen'),
});

const join = createRoute({
  getParentRoute: () => root,
  path: '/desk/join',
  component: lazyRouteComponent(() => import('../screens/desk/join.tsx'), 'JoinScreen'),
});

const account = createRoute({
  getParentRoute: () => root,
  path: '/desk/account',
  component: lazyRouteComponent(() => import('../screens/desk/account.tsx'), 'AccountScreen'),
});

const people = createRoute({
  getParentRoute: () => root,
  path: '/desk/people',
  component: lazyRouteComponent(() => import('../screens/desk/people.tsx'), 'PeopleScreen'),
});

const approvals = createRoute({
  getParentRoute: () => root,
  path: '/desk/approvals',
  validateSearch: parseProposeSearch,
  component: lazyRouteComponent(() => import('../screens/desk/approvals.tsx'), 'ApprovalsScreen'),
});

const approval = createRoute({
  getParentRoute: () => root,
  path: '/desk/approvals/$id',
  component: lazyRouteComponent(() => import('../screens/desk/approval.tsx'), 'ApprovalScreen'),
});

const custody = createRoute({
  getParentRoute: () => root,
  path: '/desk/custody',
  component: lazyRouteComponent(() => import('../screens/desk/custody.tsx'), 'CustodyScreen'),
});

const links = createRoute({
  getParentRoute: () => root,
  path: '/desk/links',
  component: lazyRouteComponent(() => import('../screens/desk/links.tsx'), 'LinksScreen'),
});

const desk = [signIn, join, account, people, approvals, approval, custody, links];
const tree = root.addChildren([today, map, incident, terms, record, report, ...desk]);

export function createAppRouter(queryClient: QueryClient) {
  queryClient.prefetchQuery(instrumentQuery);
  return createRouter({
    routeTree: tree,
    context: { queryClient },
    defaultErrorComponent: RouteFailure,
    defaultPreload: false,
    scrollRestoration: true,
  });
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createAppRouter>;
  }
}
