// What the rules say to the votes of a gathering while there is no signal, as apps/meetings/voting.py, elections.py and
// assessment.py say it; the thresholds and the days on which they hold come with the form. Each regime counts for itself.
// tests/meetings/test_verdict.py runs this file against the Python rules. Integers only; nothing of a page is known here.
self.phone = self.phone || {};
{
  class Refusal extends Error {
    constructor(sentence, rule = "") {
      super(sentence);
      this.rule = rule;
    }
  }

  // ---- thresholds ----

  const holds = ({ since, until }, day) => (!since || since <= day) && (!until || day <= until);
  const share = (total, of) => (total - (total % of)) / of;

  function limit(known, key, day) {
    const row = known.limits[key].find((one) => holds(one, day));
    const [year, month, date] = day.split("-").map(Number);
    if (!row) throw new Refusal(`${year}年${month}月${date}日没有可用的规定（${key.split("/")[0]}）。`, key.split("/")[0]);
    return { ...row, code: key.split("/")[0] };
  }

  // The least number of `total` that reaches the limit: the share itself is enough, or is not.
  const countOf = (row, total) => (row.atLeast ? share(total * row.top + row.of - 1, row.of) : share(total * row.top, row.of) + 1);

  function reached(row, valid, base = "") {
    const verb = row.atLeast ? (valid ? "达到" : "不到") : (valid ? "超过" : "没有超过");
    return `${verb}${base}${row.words}`;
  }

  function cameEnough(row, who, what, { expected, present }) {
    const needed = countOf(row, expected);
    if (!expected) return { valid: false, needed, sentence: `没有应到的${who}人员，${what}无效。`, rule: row.code };
    const valid = present >= needed;
    const outcome = valid ? `${what}有效。` : `${what}无效（至少要到 ${needed} 人）。`;
    return { valid, needed, sentence: `应到${who} ${expected} 人，实到 ${present} 人，${reached(row, valid)}，${outcome}`, rule: row.code };
  }

  function decided(came, row, needed, inFavour, votes, base, outcome) {
    if (!came.valid) return { passed: false, needed, sentence: came.sentence, rule: came.rule };
    const passed = inFavour >= needed;
    const result = passed ? `${outcome}。` : `没有${outcome}（至少要 ${needed} 票）。`;
    return { passed, needed, sentence: `${came.sentence}${votes}${reached(row, passed, `${base}的`)}，${result}`, rule: row.code };
  }

  // ---- the regimes of handbook 12.1: none borrows another's denominator ----

  const QUORUMS = {
    general: (known, day, heads) => cameEnough(limit(known, "MEET-11/present", day), "有表决权", "表决", heads),
    committee: (known, day, heads) => cameEnough(limit(known, "MEET-02/present", day), "委员", "会议", heads),
    admission: (known, day, heads) => cameEnough(limit(known, "MEET-12/present", day), "有表决权", "表决", heads),
    election: (known, day, heads) => cameEnough(limit(known, "ELEC-05", day), "有选举权", "选举", heads),
  };

  const RULINGS = {
    general(known, day, ballot) {
      const row = limit(known, "MEET-11/in_favour", day);
      const needed = countOf(row, ballot.expected);
      return decided(QUORUMS.general(known, day, ballot), row, needed, ballot.inFavour, `赞成 ${ballot.inFavour} 票，`, "应到", "通过");
    },
    committee(known, day, ballot) {
      const row = limit(known, "MEET-02/in_favour", day);
      const needed = countOf(row, ballot.present);
      return decided(QUORUMS.committee(known, day, ballot), row, needed, ballot.inFavour, `赞成 ${ballot.inFavour} 票，`, "到会", "通过");
    },
    admission(known, day, ballot) {
      const row = limit(known, "MEET-12/in_favour", day);
      const needed = countOf(row, ballot.expected);
      const inFavour = ballot.inFavour + ballot.written;
      const written = ballot.written ? `（含书面 ${ballot.written} 票）` : "";
      return decided(QUORUMS.admission(known, day, ballot), row, needed, inFavour, `赞成 ${inFavour} 票${written}，`, "应到", "通过");
    },
  };

  function regimeFor(known, kinds, { matter, label }) {
    if (kinds.includes("general_meeting")) {
      if (known.admissions.includes(matter)) return "admission";
      return known.elections.includes(matter) ? "election" : "general";
    }
    if (matter !== "ordinary") throw new Refusal(`“${label}”要由党员大会决定，请在会议类型里选上党员大会。`, "MEET-01");
    if (kinds.includes("committee_meeting")) return "committee";
    throw new Refusal("表决要在党员大会或支委会上进行，请选上其中一种。", "MEET-01");
  }

  function checkVotes({ present, inFavour, against, abstained, secret }) {
    const cast = inFavour + against + abstained;
    if (cast > present) throw new Refusal(`赞成、反对、弃权加起来 ${cast} 票，多于到会能表决的 ${present} 人。`);
    if (cast < present && !secret) throw new Refusal(`还差 ${present - cast} 票，没有表态的请记为弃权。`);
  }

  function checkForm({ expected, present, written, secret }, regime) {
    if (["admission", "election"].includes(regime) && !secret) {
      throw new Refusal("这一项要用无记名投票，请把表决方式改为无记名投票。", regime === "admission" ? "MEET-12" : "ELEC-10");
    }
    if (written && regime !== "admission") throw new Refusal("书面意见只在发展党员时计入票数，这里请填 0。", "MEET-12");
    const away = expected - present;
    if (written > away) throw new Refusal(`书面赞成 ${written} 票，多于没有到会的 ${away} 人。`, "MEET-12");
  }

  // ---- elections, person by person ----

  const sum = (numbers) => numbers.reduce((one, other) => one + other, 0);

  function checkPapers({ present, seats, issued, returned, spoilt, people }) {
    if (seats < 1) throw new Refusal("请填写应选几名。", "ELEC-11");
    if (!people.length) throw new Refusal("请写候选人和各人的得票。", "ELEC-06");
    if (issued > present) throw new Refusal(`发出选票 ${issued} 张，多于到会有选举权的 ${present} 人。`, "ELEC-09");
    if (spoilt > returned) throw new Refusal(`废票 ${spoilt} 张，多于收回的 ${returned} 张。`, "ELEC-09");
  }

  function checkPeople({ seats, good, people }) {
    for (const one of people) {
      const cast = one.inFavour + one.against + one.abstained;
      if (cast > good) throw new Refusal(`${one.name}的票加起来 ${cast} 张，多于有效的 ${good} 张。`, "ELEC-09");
    }
    const chosen = sum(people.map((one) => one.inFavour));
    const most = good * seats;
    if (chosen > most) throw new Refusal(`赞成票加起来 ${chosen} 票；${good} 张有效票每张最多选 ${seats} 名，不会多于 ${most} 票。`, "ELEC-09");
  }

  // true, false, or null where others with as many votes leave the last seat open.
  function isElected(votes, winners, seats) {
    const above = winners.filter((other) => other > votes).length;
    const alike = winners.filter((other) => other === votes).length;
    if (above + alike <= seats) return true;
    return above < seats ? null : false;
  }

  function winnersOf(people, elected) {
    const named = people.filter((_, at) => elected[at]).map((one) => `${one.name}（${one.inFavour} 票）`);
    const tied = people.filter((_, at) => elected[at] === null).map((one) => one.name);
    const won = named.length ? `${named.join("、")}当选。` : "没有人当选。";
    return tied.length ? `${won}${tied.join("、")}得票相等，就这 ${tied.length} 人再投一次。` : won;
  }

  function openSeats(seats, elected) {
    const won = elected.filter(Boolean).length;
    if (won === seats || elected.includes(null)) return "";
    const fewer = won ? "；接近应选名额的，经半数以上选举人同意，可以减少名额，不再选举" : "";
    return `应选 ${seats} 名，还缺 ${seats - won} 名，另行选举${fewer}。`;
  }

  function electionRuling(known, day, poll) {
    checkPapers(poll);
    checkPeople(poll);
    const came = QUORUMS.election(known, day, poll);
    if (!came.valid) return { passed: false, sentence: came.sentence, rule: came.rule };
    const { seats, issued, returned, good, people } = poll;
    if (returned > issued) return { passed: false, sentence: `收回选票 ${returned} 张，多于发出的 ${issued} 张，选举无效。`, rule: "ELEC-09" };
    const needed = countOf(limit(known, "ELEC-06", day), poll.present);
    const winners = people.map((one) => one.inFavour).filter((votes) => votes >= needed);
    const elected = people.map((one) => one.inFavour >= needed && isElected(one.inFavour, winners, seats));
    const papers = `发出选票 ${issued} 张，收回 ${returned} 张，有效 ${good} 张；至少要 ${needed} 票。`;
    return {
      passed: elected.filter(Boolean).length === seats,
      sentence: `${came.sentence}${papers}${winnersOf(people, elected)}${openSeats(seats, elected)}`,
      rule: winners.length === seats ? "ELEC-06" : "ELEC-11",
    };
  }

  // ---- one decision ----

  // Numbers nobody typed (null): the rest was in favour; papers went to all who are there, and all came back.
  function ballotOf(decision, heads) {
    const rest = Math.max(heads.present - decision.against - decision.abstained, 0);
    return { ...heads, ...decision, inFavour: decision.inFavour ?? rest };
  }

  function pollOf(decision, heads) {
    const issued = decision.issued ?? heads.present;
    const returned = decision.returned ?? issued;
    return { ...heads, ...decision, issued, returned, good: returned - decision.spoilt };
  }

  function ruled(known, gathering, decision) {
    const regime = regimeFor(known, gathering.kinds, decision);
    const heads = headsOf(known, gathering, decision.matter);
    const ballot = ballotOf(decision, heads);
    if (regime !== "election") checkVotes(ballot);
    checkForm(ballot, regime);
    if (regime === "election") return electionRuling(known, gathering.day, pollOf(decision, heads));
    return RULINGS[regime](known, gathering.day, ballot);
  }

  // ELEC-07: a committee is elected from more candidates than seats.
  function tooFew(known, day, { matter, seats, people }) {
    const row = known.limits["ELEC-07"].find((one) => holds(one, day));
    if (matter !== "election" || seats <= 1 || !row) return [];
    const standing = people.filter((one) => one.onBallot).length;
    const wanted = seats + countOf(row, seats);
    const more = `差额不少于${row.words}`;
    if (standing >= wanted) return [];
    return [{ sentence: `应选 ${seats} 名，候选人应有 ${wanted} 名以上（${more}），现在是 ${standing} 名。`, rule: "ELEC-07" }];
  }

  // MEET-15: what only the members' meeting decides is talked over by the committee before.
  function undiscussed(known, { kinds, day, everybody }, { matter, discussedIn }) {
    if (!kinds.includes("general_meeting") || discussedIn || !known.talkedOver.includes(matter)) return [];
    const full = everybody.filter((id) => isFull(known, id, day)).length;
    if (full < limit(known, "ORG-10/committee", day).top) return [];
    return [{ sentence: "重要事项一般先经支委会讨论，再提交党员大会；开过这样的支委会，请选上是哪一次。", rule: "MEET-15" }];
  }

  function said(known, gathering, decision) {
    try {
      const { passed, sentence, rule } = ruled(known, gathering, decision);
      return { state: passed ? "good" : "bad", sentence, rule };
    } catch (refusal) {
      if (!(refusal instanceof Refusal)) throw refusal;
      return { state: "warn", sentence: refusal.message, rule: refusal.rule };
    }
  }

  // With the document and article in which the rule stands on that day.
  function withSource(known, { state = "", sentence, rule }, day) {
    const source = (known.sources[rule] || []).find((one) => holds(one, day));
    return { state, sentence, rule: source ? rule : "", where: source ? source.where : "" };
  }

  // "good", "bad" or, where the numbers cannot be right, "warn"; hints keep nothing from being handed in.
  function judge(known, gathering, decision) {
    const { day } = gathering;
    const hints = [...tooFew(known, day, decision), ...undiscussed(known, gathering, decision)];
    return {
      ruling: withSource(known, said(known, gathering, decision), day),
      hints: hints.map((hint) => withSource(known, hint, day)),
    };
  }

  // ---- heads ----

  const isFull = (known, id, day) => id in known.fullSince && known.fullSince[id] <= day;
  const mayVote = (known, id, day) => isFull(known, id, day) && !known.silenced.includes(Number(id));
  const votersOf = (known, { circle, expected, day }) => (circle === "committee" ? expected : expected.filter((id) => mayVote(known, id, day)));

  // Those with papers are not counted where the rule leaves them out, and only there (MEM-43).
  function headsOf(known, gathering, matter) {
    const out = known.leavesOut.includes(matter) ? gathering.excluded : [];
    const voters = votersOf(known, gathering).filter((id) => !out.includes(id));
    return { expected: voters.length, present: voters.filter((id) => !gathering.absent.includes(id)).length };
  }

  // Who is absent and might be left out of those expected, where such a vote is taken.
  function excludable(known, { expected, absent, day }, matters) {
    if (!matters.some((matter) => known.leavesOut.includes(matter))) return [];
    return expected.filter((id) => absent.includes(id) && mayVote(known, id, day));
  }

  function standing(known, gathering) {
    const heads = headsOf(known, gathering, "ordinary");
    const general = gathering.kinds.includes("general_meeting");
    if (!gathering.expected.length || !(general || gathering.kinds.includes("committee_meeting"))) {
      const here = gathering.expected.length > gathering.absent.length;
      return { state: here ? "good" : "", sentence: `有表决权 ${heads.expected} 人，到会 ${heads.present} 人。` };
    }
    const { valid, sentence } = QUORUMS[general ? "general" : "committee"](known, gathering.day, heads);
    return { state: valid ? "good" : "bad", sentence };
  }

  self.phone.verdict = { judge, standing, excludable };
}
