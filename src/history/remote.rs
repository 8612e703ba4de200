//! Fetching from and pushing to a remote, so that what was forgotten does not come back.

use gix::{
    ObjectId,
    refs::{
        FullName, Target,
        transaction::{PreviousValue, RefEdit},
    },
};

use super::{CommitId, Doing, History, HistoryError};

/// Where the servers of one installation meet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remote {
    /// Its name in git's settings, for example `origin`.
    pub name: String,
    /// The branch there.
    pub branch: String,
}

/// What became of a push.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pushed {
    /// The remote has our newest version.
    Done,
    /// Somebody else pushed before: fetch, join, and push again.
    Behind,
}

impl History {
    /// The remote of the branch, or the only one, or `origin`; none when none is set or the head is
    /// on no branch. The settings are read anew each time.
    ///
    /// # Errors
    /// When git's settings cannot be read.
    pub fn remote(&self) -> Result<Option<Remote>, HistoryError> {
        self.reopen()?;
        let repo = self.repo();
        let head = repo.head_name().doing(&self.root, "find the branch")?;
        let Some(branch) = head.map(|name| name.shorten().to_string()) else {
            return Ok(None);
        };
        let settings = repo.config_snapshot();
        let names: Vec<String> = repo
            .remote_names()
            .iter()
            .map(ToString::to_string)
            .collect();
        let of_branch = settings.string(format!("branch.{branch}.remote").as_str());
        let name = match (of_branch, names.as_slice()) {
            (Some(name), _) if names.iter().any(|n| *n == name) => name.to_string(),
            (_, [only]) => only.clone(),
            (_, many) if many.iter().any(|n| n == "origin") => "origin".to_owned(),
            _ => return Ok(None),
        };
        // It would be an option of git's.
        if name.starts_with('-') {
            return Ok(None);
        }
        let there = settings
            .string(format!("branch.{branch}.merge").as_str())
            .and_then(|full| Some(full.to_string().strip_prefix("refs/heads/")?.to_owned()));
        Ok(Some(Remote {
            name,
            branch: there.unwrap_or(branch),
        }))
    }

    /// Brings what is new at the remote; [`join`](Self::join) takes it in.
    ///
    /// # Errors
    /// When git fails or takes too long; [`HistoryError::StillThere`] when the remote would bring
    /// back what was forgotten here, and [`HistoryError::Rewritten`] when something was forgotten
    /// elsewhere: then nothing of it is taken in.
    pub fn fetch(&self, remote: &Remote) -> Result<(), HistoryError> {
        let _one = self.writing();
        let repo = self.repo();
        let old = self.tracked(&repo, remote)?;
        let forgotten = self.forgotten()?;
        if !forgotten.is_empty()
            && let Some(there) = self.newest_there(remote)?
            && forgotten.contains(&there)
        {
            return Err(self.still_there(remote, there));
        }
        self.fetch_it(remote)?;
        let Some(new) = self.tracked(&repo, remote)?.filter(|new| Some(*new) != old) else {
            return Ok(());
        };
        let returned = if forgotten.is_empty() {
            None
        } else {
            let not_ours = self.not_in_head(&repo, new)?;
            not_ours.into_iter().find(|id| forgotten.contains(id))
        };
        if let Some(commit) = returned {
            self.track(&repo, remote, old)?;
            // What git brought lies there, and was to be forgotten.
            self.prune()?;
            return Err(self.still_there(remote, commit));
        }
        if let Some(old) = old
            && self.base(&repo, old, new)? != Some(old)
        {
            self.track(&repo, remote, Some(old))?;
            return Err(HistoryError::Rewritten {
                root: self.root.clone(),
                remote: remote.name.clone(),
            });
        }
        Ok(())
    }

    /// Brings what is new at the remote although it holds what was forgotten here: forget the same
    /// once more afterwards, then join and [`push_over`](Self::push_over). For the case that another
    /// server pushed while this one forgot.
    ///
    /// # Errors
    /// When git fails or takes too long.
    pub fn fetch_to_forget(&self, remote: &Remote) -> Result<(), HistoryError> {
        let _one = self.writing();
        self.fetch_it(remote)
    }

    /// Brings our newest version to the remote.
    ///
    /// # Errors
    /// When git fails or takes too long, or the remote refuses for another reason than that it is
    /// ahead.
    pub fn push(&self, remote: &Remote) -> Result<Pushed, HistoryError> {
        let _one = self.writing();
        self.push_with(remote, None)
    }

    /// Replaces the remote's history by ours after a forgetting. Only when the newest commit there
    /// is one that was forgotten here, or one of ours; else somebody pushed meanwhile
    /// ([`Pushed::Behind`]).
    ///
    /// # Errors
    /// When git fails or takes too long.
    pub fn push_over(&self, remote: &Remote) -> Result<Pushed, HistoryError> {
        let _one = self.writing();
        let Some(there) = self.newest_there(remote)? else {
            return self.push_with(remote, None);
        };
        if self.forgotten()?.contains(&there) {
            return self.push_with(remote, Some(there));
        }
        self.push_with(remote, None)
    }

    /// The newest commit of the remote that we know of.
    pub(super) fn tracked(
        &self,
        repo: &gix::Repository,
        remote: &Remote,
    ) -> Result<Option<ObjectId>, HistoryError> {
        let found = repo
            .try_find_reference(tracking(remote).as_str())
            .doing(&self.root, "find the remote's branch")?;
        let peeled = found.map(gix::Reference::into_fully_peeled_id);
        let id = peeled
            .transpose()
            .doing(&self.root, "find the remote's branch")?;
        Ok(id.map(gix::Id::detach))
    }

    fn track(
        &self,
        repo: &gix::Repository,
        remote: &Remote,
        to: Option<ObjectId>,
    ) -> Result<(), HistoryError> {
        let doing = "note the remote's branch";
        let name: FullName = tracking(remote).try_into().doing(&self.root, doing)?;
        let edit = match to {
            Some(id) => RefEdit::update(name, Target::Object(id), PreviousValue::Any, "kaffe"),
            None => RefEdit::delete(name, PreviousValue::Any),
        };
        let who = gix::actor::Signature {
            name: "kaffe".into(),
            email: "kaffe@kaffe.invalid".into(),
            time: gix::date::Time::default(),
        };
        let mut time = gix::date::parse::TimeBuf::default();
        repo.edit_references_as(Some(edit), Some(who.to_ref(&mut time)))
            .doing(&self.root, doing)?;
        Ok(())
    }

    /// Asks the remote for its newest commit, without bringing it here.
    fn newest_there(&self, remote: &Remote) -> Result<Option<ObjectId>, HistoryError> {
        let full = format!("refs/heads/{}", remote.branch);
        let said = self.git("ls-remote", &["--", &remote.name, &full])?;
        self.succeeded("ls-remote", &said)?;
        // The pattern also finds longer names that end so.
        let mut lines = said.out.lines().filter_map(|line| line.split_once('\t'));
        let there = lines.find(|(_, name)| *name == full);
        Ok(there.and_then(|(id, _)| ObjectId::from_hex(id.as_bytes()).ok()))
    }

    fn still_there(&self, remote: &Remote, commit: ObjectId) -> HistoryError {
        HistoryError::StillThere {
            root: self.root.clone(),
            remote: remote.name.clone(),
            commit: CommitId(commit),
        }
    }

    fn fetch_it(&self, remote: &Remote) -> Result<(), HistoryError> {
        let wanted = format!("+refs/heads/{}:{}", remote.branch, tracking(remote));
        let said = self.git(
            "fetch",
            &[
                "--quiet",
                "--no-tags",
                "--no-write-fetch-head",
                "--no-recurse-submodules",
                "--",
                &remote.name,
                &wanted,
            ],
        )?;
        // Nobody has pushed yet.
        if !said.done && said.err.contains("couldn't find remote ref") {
            return Ok(());
        }
        self.succeeded("fetch", &said)
    }

    fn push_with(
        &self,
        remote: &Remote,
        instead_of: Option<ObjectId>,
    ) -> Result<Pushed, HistoryError> {
        let repo = self.repo();
        let Some(head) = self.head_of(&repo)? else {
            return Ok(Pushed::Done);
        };
        let full = format!("refs/heads/{}", remote.branch);
        // The commit is named, so that what is noted below is what was pushed.
        let what = format!("{head}:{full}");
        let lease = instead_of.map(|old| format!("--force-with-lease={full}:{old}"));
        let mut args = vec!["--porcelain", "--no-recurse-submodules", "--no-follow-tags"];
        args.extend(lease.as_deref());
        args.extend(["--", &remote.name, &what]);
        let said = self.git("push", &args)?;
        if said.done {
            self.track(&repo, remote, Some(head))?;
            return Ok(Pushed::Done);
        }
        let ahead = said.out.lines().any(|line| {
            line.starts_with('!')
                && [
                    "fetch first",
                    "non-fast-forward",
                    "stale info",
                    "cannot lock ref",
                    "failed to update ref",
                    "incorrect old value",
                ]
                .iter()
                .any(|reason| line.contains(reason))
        });
        if ahead {
            return Ok(Pushed::Behind);
        }
        self.succeeded("push", &said).map(|()| Pushed::Done)
    }
}

/// The name under which we know the remote's branch.
fn tracking(remote: &Remote) -> String {
    format!("refs/remotes/{}/{}", remote.name, remote.branch)
}
