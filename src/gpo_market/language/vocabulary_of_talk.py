"""The phrases of talk that hold words of trade and are none, written as in ``vocabulary``."""

from gpo_market.language.roles import Role

TOLD_PHRASES = """
why would {i,u,you,anyone,someone,anybody}; be like; {dming,pinging,sending,asking} me; {aint,not,never}
paying;
{lowballers,scammers,kids,noobs} {be,are,really,always}; {u,you} really want;
{friend,friends,bro,brother,sister,cousin,gf,bf,homie,mate,dad,mom} {needs,has,got};
nadie {quiere,compra,vende,cambia}; ninguem {quer,compra,vende,troca}; todo mundo {quer,vende,vendendo,
compra};
todos {quieren,venden,querem,vendem}; imagina {trocar,dar,pagar,vender,cambiar}; quase {troquei,vendi,
comprei};
casi {vendo,cambio,compro}; se eu tivesse; si tuviera; никто не {хочет,покупает,продает,берет,меняет};
все {хотят,продают,покупают,меняют}; чуть не {продал,обменял,купил};
{everyone,everybody,every1} {wants,want,needs,sells,selling,trades,trading,buys,buying,is selling,is trading,
is buying,is giving,is offering,is asking};
is everyone {trading,selling,asking,giving,offering,paying,buying};
{bro,dude,guy,he,she,they,someone,ppl,people,everyone,this guy} {said,says,asked,asks,thinks,thought,tried,
expects,really
said,really thinks,really asked,just said,tryna,told me,would give,wouldve given};
{i,we,u,you} {,only ,just ,already ,actually }paid; any day; no diff; {was,were} {gonna,going to,about to};
{is,are,thats} {,so ,just ,actually }{crazy,insane,wild,robbery,nuts,criminal,
ridiculous,stupid,dumb,a joke,a scam,a lowball}; {is,are} {better,worse,stronger,faster,rarer} than;
{trade,give,send,hand} {u,you} the; trade me the; {ok,okay,aight,bet,sure,yes,ye,yeah} deal; added {u,you};
i hate; hate when;
{ppl,people,they} {,really ,actually }think; but not {trading,selling}; no {thanks,thx,thank you};
 {been,was} {trying,tryna} to get; been tryna get;
{drops,goes,falls,fell,rises,went,dropped,dropping,gone} {down ,up ,}to; {will hit,gonna hit,hits,
gonna reach,gonna be};
{help,helps,helping} me; {can,could,ill,i will,i} help {,u ,you ,with }; {need,lf,looking for,want,join}
{a ,my ,}{crew,team,party,
squad,raid,clan,guild,grinding partner,duo}; for {the ,my }{crew,team,squad,raid,clan}; {1 v 1,2 v 2,3 v 3,
1 v 1s};
{that,the,this,his,her,their,such an,what an,crazy,insane,bad,trash,ass,mid,terrible,dumb} offer;
{when,once,after} {u,you} {get,have,got}; {i would,id,would,gonna,ill} {sell,trade,give} my soul;
 why does everyone want;
{ppl,people} {selling,trading,buying,giving,paying,offering,asking,be,are selling,are trading,are buying,
are paying,
are offering,are asking,keep offering,keep asking,keep selling};
{ppl,people,they} {,really }want; {ppl,people,they} {trade,sell,buy,pay}; they {keep,be} {offering,asking,
selling};
{he,she} {wants,has,really wants,sells}; {he is,she is,hes,shes} {selling,trading,buying,offering,asking};
imagine {paying,trading,giving,wanting,selling,buying,needing}; {sold,traded} {his,her,their};
{sell,selling,sold,trade,trading,give,giving} my {kidney,liver,house,mom,mum,dad,sister,brother,car,left
arm,arm,life,
firstborn,dog,cat,grandma};
{regret,regretted} {trading,selling,buying,giving}; {miss,missed} my;
{should have,should of,shouldve,could have,couldve,would have,wouldve,shouldnt have} {traded,sold,bought,
kept,taken,
given,took};
used to {trade,sell,buy,give,want,need,own}; {almost,nearly} {traded,sold,bought,gave};
wish i {traded,sold,bought,got,had,kept}; {thinking of,thinking about,considering} {trading,selling,buying};
{might,may} {trade,sell,buy}; {stop,quit} {trading,selling,buying,offering,giving,lowballing}
"""
"""What tells of trades that others make, or that were never made: no offer."""

LUCK_WORDS = """
opened opening unboxed unboxing rolled rolling spun pulled looted ate eating eaten farmed farming
grinded grinding abri abriu dropou farmando farmeando открыл выбил выпал выпало фармил фармлю
"""
"""Words for how items come by play, and not in trade."""

SHUNNED_PHRASES = """
who {even ,}{gives,pays,takes,offers};
{nobody,no one,noone,no1} {wants,want,wanted,needs,buys,buy,buying,trades,trade,gives,give,takes,take,
offers,offered,
is buying,is giving,is taking,wanna buy,wanna trade,will buy,would buy,will trade,would trade}
"""
"""What tells that nobody trades, unless it is asked (``nobody wants my bow for 2 lc?``)."""

NOBODY_PHRASES = """
{nobody,no one,noone,no1} {selling,sells,has,have,got,trading,is selling,is trading}
"""
"""What calls for sellers where it is asked (``no one selling pika?``), and tells of trades anywhere else."""

TALK_PHRASES: dict[Role, str] = {
    Role.PLAIN: TOLD_PHRASES
    + ";"
    + SHUNNED_PHRASES
    + """;
{1,2,3,4} for {1,2,3} {:,trade,trades,deal,swap};
they want; they trade; they sell; ppl selling; people selling; ppl trading; people trading; ppl buying;
people buying; ppl are selling; people are selling; ppl are trading; people are trading; ppl giving;
people giving; ppl paying; people paying; everyone selling; everyone is selling; is everyone selling;
everyone trading; everyone is trading; is everyone trading; everybody selling; he is selling; he is trading;
shes selling; hes selling; hes trading; shes trading; should have; could have; might have; must have;
may have; should of; should have kept;
how do i get; how to get; how can i get; how i get; how do you get; how do u get; how you get;
how u get; where to get; where do i get; where can i get; where do you get; how to have; done trading;
im done; done for today; done with; not done; not sold; isnt sold; unsold; havent sold; didnt sell;
have to; got to; need to; want to; wanted to; going to; {wants,told,made,forced,begged,begging,telling} me
to; need help; want help; looking for help; lf help;
need someone to; lf someone to; looking for someone to; give up; get up; pay attention; trade server;
trading server; trade hub; trading hub; trade channel; trading channel; trade chat; for real; for sure;
for now; for free; for ever; for today; for me; for you; for u; as well;
no problem; no one; no need; no idea; not sure; not bad;
how did you get; how did u get; how did he get; how did you; how did u; how you got; how u got; imagine
paying; imagine trading; imagine giving; imagine wanting; no one trades; nobody trades; no one wants;
nobody buys; no one buys; nobody sells; no one sells; everyone wants; everyone want; everybody wants;
people want; ppl want; people trade; ppl trade; people sell; ppl sell; why does everyone want; he has;
she has; he got; she got; he wants; she wants; if needed; if need; if u need; if you need; if u want; if
you want; if wanted; if anyone wants; for whoever; how is
everyone; have a good; have a nice; have fun; had to; has to; want me to; want u to; want you to; need
you to; need u to; have been; has been; give it a; got scammed; get scammed; got banned; got hacked; got
robbed; got kicked; got killed; got jumped; got muted; get back; got back; got home; for fun; for days;
for hours; for weeks; for ages; for my build; for pvp; for grinding; for raids; for farming; for the
win; for a while; for life; for last time; for no reason; for some reason; trade ban; trade banned;
trade limit; trade system; trade history; trade menu; trade plaza; trade requests; trade request; offer
expired; dont forget; dont worry; dont waste; dont mind; dont ask; dont be; dont know; dont care; dont
ping; dont dm; dont scam; not working; not rn; not now; not today; not online; not a scam; not scam; not
afk; not gonna; not really; not even; not that; not too; not fair; no scam; no scams; no scammers; no
lowballs; no lowball; no lowballing; no lowballers; no trolls; no troll; no rush; no cap; no way; no
joke; no hate; no spam; no dms; no dm; no pings; no reply; no response; no luck; no hackers; no bs;
finally have; i finally have; tips for; any tips; got tips; should i eat; should i use; should i farm;
should i roll; should i keep; should i join; should i play; should i wear; should i main; should i
grind; should i quit; used to have; i used to have; wish i had; i wish i had; if i had; if only i had;
guess who; guess what; guess who just got; guess who got; guess what i got; guess what i just got; look
what i got; look what i just got;
was worth nothing; worth nothing; how many trades; how many trades can; need one for; any mm; any mms;
any mm online; need a mm; need
mm; lf mm; lf a mm; need a middleman; need middleman; lf middleman; l offer; w offer; would sell my;
would sell my kidney for; dm price; dm prices; dm ur price;
dm me price; dm me prices; time asking; time asking:; last time asking; last time asking:; scammado
por; scamado por; fake vouch; trade me pls; trade me plz; trade me please; trade me asap; trade me now;
trade me
rn;
wanna run; wanna raid; wanna farm; wanna grind; wanna do; wanna play; wanna join; wanna help; wanna team;
wanna
duo; wanna fight; wanna quit; wanna cry; wanna die; wanna go; wanna sleep; wanna know; wanna see; wanna be;
wanna make; wanna do a; ppl be; people be; i wish i could trade; i wish i could get; i wish i could buy;
i wish
someone would trade;
they really want; he really wants; she really wants; ppl really want; people really want; dont worry about
ur; dont worry about your; dont worry about my; best case scenario; worst case scenario; base case scenario;
worst case; in case; just in case; in any case; in that case; takes it; gets it; buys it;
just got scammed; just got banned; just got hacked; just got robbed; just got lowballed;
sold his; sold her; sold their; traded his; traded her; traded their; equal value; same value; similar value;
what should i do; what do i do; what can i do
""",
    Role.TAIL: """
no adds; no add; no op; no overpay; no offers; no trades; dm to buy; pm to buy; msg to buy; hmu to buy;
dm me to buy; message to buy; dm to trade; dm for trade; dm if interested; dm me if interested
""",
}
"""What is said beside a trade or instead of one."""
